#include "stats/paired_moments.h"

#include <algorithm>
#include <cmath>

namespace kokemus::stats {

bool PairedMoments::add(double x, double y) {
    if (!std::isfinite(x) || !std::isfinite(y)) {
        return false;
    }
    const double from_old_mean = x - x_.mean();
    x_.add(x);
    y_.add(y);
    products_ += from_old_mean * (y - y_.mean());
    return true;
}

void PairedMoments::merge(const PairedMoments& other) {
    const auto mine = static_cast<double>(count());
    const auto theirs = static_cast<double>(other.count());
    if (theirs > 0) {
        products_ += other.products_ + (other.x_.mean() - x_.mean()) *
                                           (other.y_.mean() - y_.mean()) * mine * theirs /
                                           (mine + theirs);
    }
    x_.merge(other.x_);
    y_.merge(other.y_);
}

PairedMoments PairedMoments::from(const Moments& x, const Moments& y, double products) {
    PairedMoments moments;
    moments.x_ = x;
    moments.y_ = y;
    moments.products_ = products;
    return moments;
}

double PairedMoments::covariance() const {
    return count() < 2 ? 0.0 : products_ / static_cast<double>(count() - 1);
}

double PairedMoments::correlation() const {
    const double spread = std::sqrt(x_.squared_deviations() * y_.squared_deviations());
    return spread > 0 ? std::clamp(products_ / spread, -1.0, 1.0) : 0.0;
}

}  // namespace kokemus::stats
