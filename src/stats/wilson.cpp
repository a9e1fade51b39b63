#include "stats/wilson.h"

#include <algorithm>
#include <cmath>

namespace kokemus::stats {
namespace {

double share_of(std::uint64_t part, std::uint64_t n) {
    return n == 0 ? 0.0 : static_cast<double>(std::min(part, n)) / static_cast<double>(n);
}

Interval wilson_at(double share, double n, double z) {
    if (!(n > 0)) {
        return Interval{0, 1};
    }
    const double shrink = 1 + z * z / n;
    const double centre = (share + z * z / (2 * n)) / shrink;
    const double half = z / shrink * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    // At 0 and 1 the limit is the share itself; rounding must not leave a hair between them.
    return Interval{share <= 0 ? 0.0 : std::clamp(centre - half, 0.0, share),
                    share >= 1 ? 1.0 : std::clamp(centre + half, share, 1.0)};
}

}  // namespace

Interval wilson(std::uint64_t part, std::uint64_t n, double confidence) {
    return wilson_at(share_of(part, n), static_cast<double>(n), two_sided_z(confidence));
}

Interval wilson_of_share(double share, double n, double confidence) {
    return wilson_at(std::clamp(share, 0.0, 1.0), n, two_sided_z(confidence));
}

double wilson_lower_bound(std::uint64_t part, std::uint64_t n, double confidence) {
    return wilson_at(share_of(part, n), static_cast<double>(n), one_sided_z(confidence)).low;
}

Difference newcombe(std::uint64_t first_part, std::uint64_t first_n, std::uint64_t second_part,
                    std::uint64_t second_n, double confidence) {
    Difference difference;
    const double first = share_of(first_part, first_n);
    const double second = share_of(second_part, second_n);
    difference.estimate = first - second;
    difference.interval = square_and_add(first,
                                         wilson(first_part, first_n, confidence),
                                         second,
                                         wilson(second_part, second_n, confidence));
    if (first_n == 0 || second_n == 0) {
        return difference;
    }
    const double pooled = share_of(first_part + second_part, first_n + second_n);
    difference.standard_error =
        std::sqrt(pooled * (1 - pooled) *
                  (1 / static_cast<double>(first_n) + 1 / static_cast<double>(second_n)));
    if (difference.standard_error > 0) {
        difference.statistic = difference.estimate / difference.standard_error;
        difference.p_value = two_sided_p(difference.statistic);
    }
    return difference;
}

}  // namespace kokemus::stats
