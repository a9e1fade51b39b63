#pragma once

#include <cstdint>
#include <span>

namespace kokemus::stats {

/// Whether the groups have the sizes that were meant.
struct SampleRatio {
    double statistic = 0;  ///< chi-square
    double p_value = 1;
    /// So unlikely (p < 0.001) that something else than chance sorted the subjects: whatever the
    /// groups differ in, do not believe it.
    bool broken = false;
};

/// Pearson's chi-square of the sizes against the shares that were meant (Fabijan et al. 2019, KDD).
/// `shares` need not sum to 1. With fewer than two groups, lists of unequal length or nobody at all
/// nothing can be told: p = 1. Members in a group that was meant to have none (a share of 0) are
/// `broken` with p = 0.
SampleRatio sample_ratio(std::span<const std::uint64_t> sizes, std::span<const double> shares);

}  // namespace kokemus::stats
