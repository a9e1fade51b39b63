#pragma once

#include <span>
#include <vector>

#include "stats/confidence.h"
#include "stats/estimate.h"
#include "stats/share_count.h"

namespace kokemus::stats {

/// One unit of the picture.
struct FunnelPoint {
    double share = 0;
    double z = 0;  ///< from the target, in standard errors that the target gives; 0 for n = 0
    bool beyond = false;  ///< outside of the widened limits: look at this unit
};

/// The default picture of a league: each unit's share over its n, with limits that say what chance
/// alone gives around the target (Spiegelhalter 2005, Statistics in Medicine 24, 1185-1202). There
/// is no order in it, on purpose.
struct Funnel {
    double target = 0;
    double overdispersion = 0;  ///< mean z^2: 1 when the units differ by chance alone
    double confidence = usual_confidence;
    std::vector<FunnelPoint> points;

    /// The limits for a unit with n answers, within 0..1; widened by the square root of the
    /// overdispersion when that is above 1, since then all units differ somewhat and only those
    /// that differ more are worth a question.
    Interval limits(double n) const;
};

/// `target` is the share to be compared with. Units without answers have no point of their own
/// (share 0, z 0, not beyond) and do not count.
Funnel funnel_plot(std::span<const ShareCount> units, double target,
                   double confidence = usual_confidence);

/// The share of all units together; 0 without answers. The usual target.
double share_of_all(std::span<const ShareCount> units);

}  // namespace kokemus::stats
