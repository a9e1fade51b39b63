#pragma once

#include <cstdint>
#include <span>

#include "stats/confidence.h"
#include "stats/difference.h"
#include "stats/permutation.h"

/// What changed in units that got something, less what changed in units that did not (Card and
/// Krueger 1994, American Economic Review 84, 772-793). The unit (a shop, a team, a region) is what
/// it was given to, and its change over time is one number, because its answers are not independent
/// (Bertrand, Duflo and Mullainathan 2004, Quarterly Journal of Economics 119, 249-275). It assumes
/// that both kinds would have changed alike: look at the time before.
namespace kokemus::stats {

/// One unit's level before and after.
struct BeforeAndAfter {
    double before = 0;
    double after = 0;
};

struct DifferenceInDifferences {
    /// Mean change of those who got it less that of the others; Student's t with the pooled
    /// variance, n - 2 degrees of freedom.
    Difference difference;
    /// What chance alone does with so many units: the p-value to believe when they are few.
    Permutation permutation;
    /// At least 4 units of each kind: with fewer no number deserves the word "significant".
    bool enough = false;
};

/// Without units of either kind there is no estimate (0), and with fewer than three in all no
/// error: the interval is the whole line and the p-values are 1. Units whose levels are not finite
/// must have been left out.
DifferenceInDifferences difference_in_differences(std::span<const BeforeAndAfter> got_it,
                                                  std::span<const BeforeAndAfter> others,
                                                  std::uint64_t seed = 1,
                                                  double confidence = usual_confidence);

}  // namespace kokemus::stats
