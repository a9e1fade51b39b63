#include "stats/standardisation.h"

#include <algorithm>
#include <cmath>

namespace kokemus::stats {

Expected expected_of(std::span<const CaseMix> cases) {
    Expected expected;
    for (const CaseMix& each : cases) {
        expected.n += each.n;
        expected.events += each.n * each.share;
        expected.variance += each.n * each.share * (1 - each.share);
    }
    return expected;
}

Standardised standardise(double observed, const Expected& expected, double overall,
                         double confidence) {
    Standardised standardised;
    if (!(expected.events > 0)) {
        return standardised;
    }
    standardised.enough = true;
    standardised.ratio = observed / expected.events;
    standardised.share = std::min(1.0, standardised.ratio * overall);
    const double deviation = std::sqrt(std::max(0.0, expected.variance));
    standardised.z = deviation > 0 ? (observed - expected.events) / deviation : 0;
    const double half = two_sided_z(confidence) * deviation / expected.events;
    standardised.ratio_interval =
        Interval{std::max(0.0, standardised.ratio - half), standardised.ratio + half};
    return standardised;
}

}  // namespace kokemus::stats
