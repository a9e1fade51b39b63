#include "stats/sample_ratio.h"

#include <boost/math/distributions/chi_squared.hpp>

#include "stats/in_doubles.h"

namespace kokemus::stats {
namespace {

constexpr double broken_below = 0.001;

}  // namespace

SampleRatio sample_ratio(std::span<const std::uint64_t> sizes, std::span<const double> shares) {
    SampleRatio result;
    if (sizes.size() != shares.size()) {
        return result;
    }
    double all = 0;
    double meant = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        all += static_cast<double>(sizes[i]);
        meant += shares[i] > 0 ? shares[i] : 0.0;
    }
    int groups = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (shares[i] > 0) {
            const double expected = all * shares[i] / meant;
            const double gap = static_cast<double>(sizes[i]) - expected;
            result.statistic += expected > 0 ? gap * gap / expected : 0.0;
            ++groups;
        } else if (sizes[i] > 0) {
            return SampleRatio{0, 0, true};
        }
    }
    if (groups < 2 || !(all > 0)) {
        return SampleRatio{};
    }
    const boost::math::chi_squared_distribution<double, InDoubles> chi_square(groups - 1);
    result.p_value = boost::math::cdf(boost::math::complement(chi_square, result.statistic));
    result.broken = result.p_value < broken_below;
    return result;
}

}  // namespace kokemus::stats
