#include "stats/share_intervals.h"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/beta.hpp>

#include "stats/in_doubles.h"

namespace kokemus::stats {
namespace {

using Beta = boost::math::beta_distribution<double, InDoubles>;

double beta_quantile(double a, double b, double probability) {
    return boost::math::quantile(Beta(a, b), probability);
}

double beta_upper_quantile(double a, double b, double outside) {
    return boost::math::quantile(boost::math::complement(Beta(a, b), outside));
}

}  // namespace

Interval agresti_coull(std::uint64_t part, std::uint64_t n, double confidence) {
    if (n == 0) {
        return Interval{0, 1};
    }
    const double z = two_sided_z(confidence);
    const double size = static_cast<double>(n) + z * z;
    const double centre = (static_cast<double>(std::min(part, n)) + z * z / 2) / size;
    const double half = z * std::sqrt(centre * (1 - centre) / size);
    return Interval{std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

Interval jeffreys(std::uint64_t part, std::uint64_t n, double confidence) {
    part = std::min(part, n);
    const double a = static_cast<double>(part) + 0.5;
    const double b = static_cast<double>(n - part) + 0.5;
    const double outside = (1 - confidence) / 2;
    return Interval{beta_quantile(a, b, outside), beta_upper_quantile(a, b, outside)};
}

Interval clopper_pearson(std::uint64_t part, std::uint64_t n, double confidence) {
    part = std::min(part, n);
    const auto yes = static_cast<double>(part);
    const auto no = static_cast<double>(n - part);
    const double outside = (1 - confidence) / 2;
    return Interval{part == 0 ? 0.0 : beta_quantile(yes, no + 1, outside),
                    part == n ? 1.0 : beta_upper_quantile(yes + 1, no, outside)};
}

}  // namespace kokemus::stats
