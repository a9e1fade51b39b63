#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "stats/confidence.h"

namespace kokemus::stats {

/// The smallest k for which the k-th smallest of n values is, with this confidence, at or above the
/// quantile: P(Binomial(n, quantile) <= k - 1) >= confidence. Of order statistics alone, so it
/// holds for times of any shape (Hahn and Meeker 1991, Statistical Intervals, 5.2). Nothing when
/// even the largest does not suffice: then nothing may be promised yet.
std::optional<std::uint64_t> quantile_limit_rank(std::uint64_t n, double quantile,
                                                 double confidence = usual_confidence);

/// The least n for which there is such a k: 29 for nine of ten, 14 for four of five. 0 when the
/// quantile or the confidence is not inside 0..1.
std::uint64_t values_for_quantile_limit(double quantile, double confidence = usual_confidence);

/// The value at that rank: what may be promised, so that the quantile's share of cases keeps it.
std::optional<double> quantile_limit(std::span<const double> sorted, double quantile,
                                     double confidence = usual_confidence);

}  // namespace kokemus::stats
