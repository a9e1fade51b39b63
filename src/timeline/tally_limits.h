#pragma once

#include <cstddef>

/// Bounds of the counts that are kept for parts (part_tallies.h).
namespace kokemus::timeline::tally_limits {

inline constexpr std::size_t bytes_max = std::size_t{256} << 20U;       ///< of all of them
inline constexpr std::size_t tally_bytes_max = std::size_t{32} << 20U;  ///< of one

/// Smaller parts are counted anew each time: that costs little, and their counts are nearly as
/// large as those of large ones.
inline constexpr std::size_t rows_min = 256 * 1024;

/// Parts of so many rows are seldom merged with others (live_timeline.cpp); they have one tally
/// together, up to so many rows.
inline constexpr std::size_t rows_settled_min = 2'000'000;
inline constexpr std::size_t rows_together_max = 32'000'000;

/// When more than one in so many of the customers that a tally counts have moved on, it is made
/// anew.
inline constexpr std::size_t moved_one_in_max = 32;

}  // namespace kokemus::timeline::tally_limits
