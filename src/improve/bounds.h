#pragma once

#include <chrono>
#include <cstddef>

/// How much of everything there may be in this folder.
namespace kokemus::improve::bounds {

inline constexpr std::size_t name_bytes_max = 200;
inline constexpr std::size_t text_bytes_max = 4000;    ///< change, hypothesis, driver
inline constexpr std::size_t filter_bytes_max = 8000;  ///< of a population
inline constexpr std::size_t units_max = 200;          ///< units that one design looks at
inline constexpr std::size_t people_max = 200'000;     ///< customers taken one by one
inline constexpr std::size_t looks_max = 10'000;       ///< at one improvement
inline constexpr std::size_t page_items_max = 500;
inline constexpr int weeks_before_max = 104;  ///< of history that a series is read from
inline constexpr int weeks_after_max = 260;   ///< that an improvement may run
inline constexpr int permutations = 1'999;    ///< of the starts of units

}  // namespace kokemus::improve::bounds
