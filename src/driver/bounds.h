#pragma once

#include <cstddef>
#include <cstdint>

/// What an analysis of drivers needs at least, and takes at most.
namespace kokemus::driver {

/// Factors that are chosen by rule; for so many all subsets are looked at.
inline constexpr std::size_t proposed_max = 15;

/// Factors that are measured so that the best of them can be chosen, and in how many units.
inline constexpr std::size_t candidates_max = 80;
inline constexpr std::size_t candidate_rows_max = 100'000;

/// Units for each column, at least; fewer, and chance explains much.
inline constexpr std::uint64_t rows_per_column = 10;

/// Customers in all, at least; fewer cannot be drawn again.
inline constexpr std::uint64_t customers_min = 30;

/// A factor that differs from its most frequent value in fewer units is left out.
inline constexpr std::uint64_t varying_rows_min = 10;

/// A factor that is missing in a larger part of the units is left out.
inline constexpr double missing_share_max = 0.3;

/// Values of a text that are told apart; rarer ones are put together.
inline constexpr std::size_t values_max = 8;

/// What is left of a factor's variation when the factors before it are taken out; less, and it
/// repeats them.
inline constexpr double own_variation_min = 1e-3;

/// A factor that explains so much of the outcome by itself is likely to know it.
inline constexpr double knowing_share = 0.6;

inline constexpr std::size_t replicates = 1000;
inline constexpr std::size_t replicates_of_segment = 200;
inline constexpr std::size_t segments_max = 8;

/// Rows by which it is judged whether factors repeat each other.
inline constexpr std::size_t independence_rows_max = 200'000;

/// Rows that the contrast of bad and good values is calculated from; more are drawn from.
inline constexpr std::size_t contrast_rows_max = 60'000;

}  // namespace kokemus::driver
