#include "stats/sequential_ratio.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kokemus::stats {

double mixture_ratio(double difference, double variance, double mixing) {
    if (!(variance > 0 && mixing > 0)) {
        return 1;
    }
    const double sum = variance + mixing;
    return std::sqrt(variance / sum) *
           std::exp(mixing * difference * difference / (2 * variance * sum));
}

double mixture_half_width(double variance, double mixing, double confidence) {
    if (!(variance > 0 && mixing > 0)) {
        return std::numeric_limits<double>::infinity();
    }
    const double alpha = std::clamp(1 - confidence, 1e-12, 1 - 1e-12);
    const double sum = variance + mixing;
    return std::sqrt(2 * variance * sum / mixing * std::log(std::sqrt(sum / variance) / alpha));
}

void SequentialRatio::look(double difference, double variance) {
    const double ratio = mixture_ratio(difference, variance, mixing_);
    if (ratio > greatest_ratio_) {  // false for what is not a number
        greatest_ratio_ = ratio;
    }
}

double SequentialRatio::p_value() const {
    return 1 / greatest_ratio_;
}

}  // namespace kokemus::stats
