#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// Every bound of people, passwords and sessions, named with its unit.
namespace kokemus::account::bounds {

// passwords: argon2id; a weaker hash is made anew at the next sign-in
inline constexpr std::size_t password_characters_min = 12;
inline constexpr std::size_t password_bytes_max = 256;
inline constexpr std::uint64_t argon2_passes = 3;
inline constexpr std::size_t argon2_memory_bytes = 64 * 1024 * 1024;
inline constexpr std::size_t argon2_at_once_max = 4;  ///< so that hashing takes 256 MiB at most
inline constexpr std::size_t argon2_waiting_max = 2;  ///< for a place; further ones are sent away

// one-time codes
inline constexpr std::size_t recovery_codes = 10;
inline constexpr std::size_t authenticator_secret_bytes = 20;
inline constexpr std::chrono::minutes factor_proposal_age_max{15};  ///< until its first code

// sessions
inline constexpr std::chrono::minutes session_idle_max{30};
inline constexpr std::chrono::hours session_age_max{8};
inline constexpr std::chrono::minutes session_noted_every{1};  ///< "last seen" is as exact as this
inline constexpr std::size_t sessions_per_user_max = 20;       ///< the oldest ends
inline constexpr std::chrono::seconds person_known_for{1};     ///< without a look into the store
inline constexpr std::size_t persons_known_max = 10'000;

// who saw whom
inline constexpr std::chrono::minutes read_noted_every{15};  ///< of one person, by one person
inline constexpr std::size_t reads_waiting_max = 10'000;

inline constexpr std::chrono::hours invitation_age_max{72};

// guesses
inline constexpr unsigned guesses_free = 5;
inline constexpr std::chrono::seconds guess_wait_min{1};  ///< doubles with each further wrong guess
inline constexpr std::chrono::minutes guess_wait_max{15};
inline constexpr unsigned account_guesses_free = 50;  ///< from all unknown addresses together
inline constexpr unsigned address_tries_per_minute_max = 30;
inline constexpr std::size_t guessers_kept_max = 100'000;

// what people write
inline constexpr std::size_t email_bytes_max = 254;
inline constexpr std::size_t name_bytes_max = 200;
inline constexpr std::size_t departments_max = 100;
inline constexpr std::size_t audit_page_max = 500;
inline constexpr std::size_t users_max = 10'000;
inline constexpr std::size_t keys_listed_max = 100'000;
inline constexpr std::size_t keys_per_user_max = 50;
inline constexpr std::size_t origins_per_key_max = 20;
inline constexpr std::chrono::seconds origins_known_for{1};  ///< without a look into the store
inline constexpr std::chrono::hours key_age_max{24 * 366};
inline constexpr std::chrono::minutes key_noted_every{1};  ///< "last used" is as exact as this

}  // namespace kokemus::account::bounds
