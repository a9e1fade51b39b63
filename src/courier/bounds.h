#pragma once

#include <chrono>
#include <cstddef>

/// Every bound of what is sent out, named with its unit.
namespace kokemus::courier::bounds {

// targets
inline constexpr std::size_t targets_max = 100;
inline constexpr std::size_t name_bytes_max = 200;
inline constexpr std::size_t url_bytes_max = 2000;
inline constexpr std::size_t patterns_max = 50;
inline constexpr std::size_t type_bytes_max = 100;
inline constexpr std::size_t secret_bytes = 32;
inline constexpr std::chrono::hours old_secret_default{24};
inline constexpr std::chrono::hours old_secret_max{24 * 30};

// one try
inline constexpr std::chrono::milliseconds connect_max{5'000};
inline constexpr std::chrono::milliseconds post_max{20'000};
inline constexpr std::chrono::milliseconds mail_max{60'000};
inline constexpr std::size_t event_bytes_max = 256 * 1024;
inline constexpr std::size_t answer_bytes_read_max = 64 * 1024;
inline constexpr std::size_t answer_bytes_kept = 1'000;

// all tries
inline constexpr std::size_t at_once_max = 8;        ///< deliveries in flight, one a target
inline constexpr std::chrono::minutes claim_max{5};  ///< after that another server may try
inline constexpr std::chrono::hours retry_after_max{24};
inline constexpr std::chrono::minutes target_pause_max{5};
inline constexpr std::chrono::hours failing_max{24 * 5};  ///< then the target is switched off
inline constexpr std::size_t waiting_per_target_max = 100'000;
inline constexpr std::size_t spread_at_once_max = 200;
inline constexpr std::chrono::hours kept_for{24 * 30};  ///< deliveries and mails that are over
inline constexpr std::size_t page_max = 500;
inline constexpr std::size_t replay_max = 100'000;

// mails
inline constexpr std::size_t mails_waiting_max = 100'000;
inline constexpr std::size_t header_bytes_max = 900;

}  // namespace kokemus::courier::bounds
