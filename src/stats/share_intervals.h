#pragma once

#include <cstdint>

#include "stats/confidence.h"
#include "stats/estimate.h"

/// Other intervals of a share than Wilson's (wilson.h), which stands wherever nobody asks: for
/// people who must report by the rules of their field. `part` above `n` counts as `n`; at n = 0
/// they say next to nothing.
namespace kokemus::stats {

/// Agresti and Coull 1998: z^2/2 added to either side, then Wald. May leave 0..1; it is cut there.
Interval agresti_coull(std::uint64_t part, std::uint64_t n, double confidence = usual_confidence);

/// Quantiles of Beta(part + 1/2, n - part + 1/2). Does not hold the share when it is 0 or 1.
Interval jeffreys(std::uint64_t part, std::uint64_t n, double confidence = usual_confidence);

/// "Exact", and wider than needed (Clopper and Pearson 1934).
Interval clopper_pearson(std::uint64_t part, std::uint64_t n, double confidence = usual_confidence);

}  // namespace kokemus::stats
