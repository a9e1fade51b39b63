#include "stats/quantile_limit.h"

#include <cmath>

#include <boost/math/distributions/binomial.hpp>

#include "stats/in_doubles.h"

namespace kokemus::stats {
namespace {

bool inside(double share) {
    return share > 0 && share < 1;
}

}  // namespace

std::optional<std::uint64_t> quantile_limit_rank(std::uint64_t n, double quantile,
                                                 double confidence) {
    if (n == 0 || !inside(quantile) || !inside(confidence)) {
        return std::nullopt;
    }
    using Binomial = boost::math::binomial_distribution<double, InDoubles>;
    const Binomial below(static_cast<double>(n), quantile);
    std::uint64_t low = 1;
    std::uint64_t high = n;
    const auto suffices = [&](std::uint64_t k) {
        return boost::math::cdf(below, static_cast<double>(k - 1)) >= confidence;
    };
    if (!suffices(high)) {
        return std::nullopt;
    }
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (suffices(middle)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

std::uint64_t values_for_quantile_limit(double quantile, double confidence) {
    if (!inside(quantile) || !inside(confidence)) {
        return 0;
    }
    // The largest of n is at or above the quantile with probability 1 - quantile^n.
    auto n = static_cast<std::uint64_t>(std::ceil(std::log1p(-confidence) / std::log(quantile)));
    n = n == 0 ? 1 : n;
    while (!quantile_limit_rank(n, quantile, confidence)) {
        ++n;  // rounding of the logarithms
    }
    return n;
}

std::optional<double> quantile_limit(std::span<const double> sorted, double quantile,
                                     double confidence) {
    const auto rank = quantile_limit_rank(sorted.size(), quantile, confidence);
    if (!rank) {
        return std::nullopt;
    }
    return sorted[*rank - 1];
}

}  // namespace kokemus::stats
