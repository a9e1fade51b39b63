#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/random.h"
#include "stats/confidence.h"
#include "stats/estimate.h"

namespace kokemus::stats {

/// Where a unit stands in a league, as far as can be told; rank 1 has the largest value.
struct PosteriorRank {
    double expected = 0;
    Interval interval;  ///< whole ranks
    double first = 0;   ///< probability of being the very best
};

/// A value of the unit's true value as it is believed to be.
using DrawUnit = std::function<double(std::size_t unit, Random& random)>;

/// The ranks of `units` units from draws of what is believed of each (Laird and Louis 1989, Journal
/// of Educational Statistics 14, 29-46; intervals as Goldstein and Spiegelhalter 1996). The
/// expected rank is the second key to sort by; an interval over half the league says that there is
/// no league. Same seed, same ranks. Nothing for no units.
std::vector<PosteriorRank> posterior_ranks(std::size_t units, const DrawUnit& draw,
                                           std::uint64_t seed,
                                           double confidence = usual_confidence);

}  // namespace kokemus::stats
