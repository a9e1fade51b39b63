#pragma once

#include <cstdint>

#include "stats/confidence.h"
#include "stats/difference.h"
#include "stats/estimate.h"

namespace kokemus::stats {

/// The score interval of a share (Wilson 1927, JASA 22, 209-212), recommended at any n (Brown, Cai
/// and DasGupta 2001): centre (p + z^2/2n) / (1 + z^2/n), half width
/// z / (1 + z^2/n) * sqrt(p (1 - p) / n + z^2 / 4n^2). Inside 0..1 and holding the share; [0, 1] at
/// n = 0. `part` above `n` counts as `n`.
Interval wilson(std::uint64_t part, std::uint64_t n, double confidence = usual_confidence);

/// The same for a share with an effective n that is not whole (weights, censoring).
Interval wilson_of_share(double share, double n, double confidence = usual_confidence);

/// One-sided lower bound: with this confidence the share is at least so high. The sort key for
/// "best with evidence". 0 at n = 0.
double wilson_lower_bound(std::uint64_t part, std::uint64_t n,
                          double confidence = usual_confidence);

/// Difference of two independent shares, first less second, from their Wilson limits (Newcombe
/// 1998, Statistics in Medicine 17, 873-890, method 10). Statistic and p-value are the pooled
/// z test's.
Difference newcombe(std::uint64_t first_part, std::uint64_t first_n, std::uint64_t second_part,
                    std::uint64_t second_n, double confidence = usual_confidence);

}  // namespace kokemus::stats
