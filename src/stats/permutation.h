#pragma once

#include <cstdint>
#include <span>

namespace kokemus::stats {

/// How often chance alone sorts so.
struct Permutation {
    double p_value = 1;
    double least_p = 1;  ///< there can be no smaller one with so many values
    bool exact = true;   ///< all ways were tried; else drawn by the seed
};

/// Two-sided permutation test of the difference of two means (Fisher 1935; Pitman 1937): of the
/// ways to choose `first` values out of all, the share whose difference is as far from 0 or
/// farther. Exact where there are at most 20,000 ways, else 9,999 of them drawn by the seed, the
/// real one counted too (Phipson and Smyth 2010), so that p is never 0. Needs no assumption about
/// the distribution, and tells less with fewer values: with 3 and 3 p is never below 0.1. p = 1
/// when either is empty. All values must be finite.
Permutation permutation_test(std::span<const double> first, std::span<const double> second,
                             std::uint64_t seed = 1);

}  // namespace kokemus::stats
