#include "stats/ewma.h"

#include <cmath>

namespace kokemus::stats {

bool Ewma::add(double z) {
    if (std::isfinite(z)) {
        value_ += weight_ * (z - value_);
        ++count_;
    }
    return alarm();
}

double Ewma::limit() const {
    const double forgotten = std::pow(1 - weight_, 2 * static_cast<double>(count_));
    return width_ * std::sqrt(weight_ / (2 - weight_) * (1 - forgotten));
}

}  // namespace kokemus::stats
