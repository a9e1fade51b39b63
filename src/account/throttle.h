#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/instant.h"

namespace kokemus::account {

/// What guesses from an IP address (without a port) are counted by: an IPv4 address as it is, an
/// IPv6 address by its /64, since one customer of a provider has all of that.
std::string counted_address(std::string_view address);

/// How long those who guess have to wait. Counts wrong guesses by account and address together, so
/// that a stranger makes only himself wait; by account over all addresses that never signed in to
/// it, so that many strangers have to wait too, but not the person at an address he is known at;
/// and all tries by address. Where there is no account (empty: a code too long to be guessed, of an
/// invitation or to set up) the address alone counts, so that nobody keeps it shut for others.
/// Nobody is locked out for good: the longest wait is `guess_wait_max`, and what is old is
/// forgotten.
///
/// Bounded: past `guessers_kept_max` the longest unseen are forgotten. Not thread safe. In memory:
/// each server counts for itself and begins anew when it starts.
class Throttle {
public:
    /// How long this one has to wait before a try at `now`; zero: go on. Counts the try.
    Milliseconds wait(std::string_view account, std::string_view address, Instant now);

    void failed(std::string_view account, std::string_view address, Instant now);
    void succeeded(std::string_view account, std::string_view address, Instant now);

    std::size_t kept() const { return guessers_.size() + addresses_.size(); }

private:
    struct Guesser {
        unsigned failures = 0;
        bool is_known = false;  ///< signed in once
        Instant latest{};
        Instant free_at{};
    };
    struct Minute {
        Instant begun{};
        unsigned tries = 0;
    };

    Guesser& guesser(const std::string& key, Instant now);
    void forget(Instant now);

    std::unordered_map<std::string, Guesser> guessers_;
    std::unordered_map<std::string, Minute> addresses_;
};

}  // namespace kokemus::account
