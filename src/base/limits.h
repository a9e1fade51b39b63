#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// Every bound of the product, named with its unit. What is over it is an error that names it.
namespace kokemus::limits {

// encounters
inline constexpr std::size_t encounter_id_bytes_max = 100;
inline constexpr std::size_t name_bytes_max = 500;        ///< customer, touchpoint, thread...
inline constexpr std::size_t text_bytes_max = 64 * 1024;  ///< what a customer said
inline constexpr std::size_t properties_bytes_max = 32 * 1024;
inline constexpr std::size_t dues_per_encounter_max = 16;

// blueprint and questions
inline constexpr std::size_t blueprint_bytes_max = 4 * 1024 * 1024;
inline constexpr std::size_t dimensions_max = 32;
inline constexpr std::size_t question_bytes_max = 256 * 1024;  ///< a drill-down spells whole paths
inline constexpr std::size_t filter_depth_max = 64;
inline constexpr std::size_t funnel_steps_max = 32;
inline constexpr std::size_t rows_per_page_max = 10'000;
inline constexpr std::size_t score_levels_max = 256;  ///< distinct values in a histogram

inline constexpr unsigned question_seconds_max = 120;  ///< of work for one request
inline constexpr std::size_t answer_cache_bytes_max = 32 * 1024 * 1024;

// what is sent to the server
inline constexpr std::size_t body_bytes_max = 16 * 1024 * 1024;
inline constexpr std::size_t unpacked_body_bytes_max = 64 * 1024 * 1024;
inline constexpr std::size_t bodies_bytes_max = 256 * 1024 * 1024;  ///< of all requests together
inline constexpr std::size_t encounters_per_request_max = 50'000;
inline constexpr std::size_t json_depth_max = 64;
inline constexpr std::size_t intake_batches_max = 4096;  ///< waiting to be committed
inline constexpr std::size_t intake_bytes_max = 128 * 1024 * 1024;
inline constexpr std::size_t live_listeners_max = 1000;

// connections
inline constexpr std::size_t connections_max = 20'000;         ///< at once; more are told so
inline constexpr std::size_t connection_bytes_max = 8 * 1024;  ///< of memory, of one that is silent
inline constexpr unsigned connection_idle_seconds_max = 60;    ///< without a request
inline constexpr unsigned header_seconds_max =
    10;  ///< of a request, from the first byte to the last
inline constexpr unsigned request_seconds_max = 30;  ///< for a body, or for an answer to be fetched
inline constexpr std::size_t turned_away_max = 256;  ///< clients being told that there is no room
inline constexpr std::size_t files_kept_min =
    256;  ///< of what the system lets a program open, never given to clients

// snapshot of the timeline
inline constexpr std::uint64_t snapshot_encounters_min =
    250'000;                                                ///< fewer are rebuilt in a second
inline constexpr unsigned snapshot_pause_seconds_min = 30;  ///< between two
inline constexpr unsigned snapshot_writing_share_max = 10;  ///< per cent of the time
inline constexpr std::uint64_t snapshot_spare_bytes_min =
    512ULL * 1024 * 1024;  ///< left free on the disk for the ledger

// files
inline constexpr std::size_t line_bytes_max = 16 * 1024 * 1024;
inline constexpr std::uint64_t unzipped_bytes_max = 64ULL * 1024 * 1024 * 1024;
inline constexpr std::uint64_t unzip_ratio_max = 200;  ///< what grows more is a bomb
inline constexpr std::size_t row_errors_kept_max = 1'000'000;

inline constexpr std::size_t records_tries_max = 12;  ///< of a transaction that meets others
inline constexpr std::chrono::seconds records_wait_max{5};  ///< for a free connection

}  // namespace kokemus::limits
