#pragma once

#include <chrono>
#include <cstddef>

/// What of refused items is kept, and for how long: they are personal data, and anybody who may
/// send can make some.
namespace kokemus::refused::bounds {

inline constexpr std::size_t item_bytes_max = 64 * 1024;  ///< of its text; more is cut off
inline constexpr std::size_t reason_bytes_max = 1000;
inline constexpr std::size_t word_bytes_max = 500;  ///< of a source, a user agent

inline constexpr std::size_t kept_items_max = 50'000;  ///< the oldest go first
inline constexpr std::size_t kept_bytes_max = 256 * 1024 * 1024;
inline constexpr std::chrono::days kept_days_max{30};  ///< after an item came last

inline constexpr std::size_t waiting_batches_max = 1000;  ///< on their way to the records
inline constexpr std::size_t waiting_bytes_max = 32 * 1024 * 1024;
inline constexpr std::size_t written_bytes_max = 1024 * 1024;  ///< in one transaction

inline constexpr std::size_t page_items_max = 500;
inline constexpr std::size_t replayed_items_max = page_items_max;  ///< by one request

/// At a time, when names are looked for.
inline constexpr std::size_t looked_through_items_max = 100;

/// A name of fewer bytes stands in other texts by chance.
inline constexpr std::size_t found_anywhere_bytes_min = 4;

}  // namespace kokemus::refused::bounds
