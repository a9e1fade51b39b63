#include "stats/moments.h"

#include <algorithm>

namespace kokemus::stats {

void Moments::merge(const Moments& other) {
    if (other.count_ == 0) {
        return;
    }
    if (count_ == 0) {
        *this = other;
        return;
    }
    // Chan, Golub and LeVeque (1983), formula 2.1 in terms of means.
    const auto here = static_cast<double>(count_);
    const auto there = static_cast<double>(other.count_);
    const double both = here + there;
    const double difference = other.mean_ - mean_;
    mean_ += difference * (there / both);
    squared_deviations_ +=
        other.squared_deviations_ + difference * difference * (here * there / both);
    count_ += other.count_;
}

Moments Moments::without(const Moments& part) const {
    if (part.count_ >= count_) {
        return Moments();
    }
    // The merge solved for the other part.
    const auto there = static_cast<double>(part.count_);
    const auto rest = static_cast<double>(count_ - part.count_);
    const double rest_mean = mean_ + (mean_ - part.mean_) * (there / rest);
    const double difference = part.mean_ - rest_mean;
    const double squares = squared_deviations_ - part.squared_deviations_ -
                           difference * difference * (rest * there / (rest + there));
    return from(count_ - part.count_, rest_mean, squares);
}

double Moments::variance() const {
    return count_ < 2 ? 0.0 : squared_deviations_ / static_cast<double>(count_ - 1);
}

Moments Moments::from(std::uint64_t count, double mean, double squared_deviations) {
    Moments moments;
    if (count > 0) {
        moments.count_ = count;
        moments.mean_ = mean;
        moments.squared_deviations_ = std::max(0.0, squared_deviations);
    }
    return moments;
}

}  // namespace kokemus::stats
