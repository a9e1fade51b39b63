#include <algorithm>
#include <vector>

#include "account/bounds.h"
#include "account/throttle.h"

namespace kokemus::account {

namespace {

constexpr auto minute = std::chrono::minutes(1);
/// A wrong guess counts for a day; that someone is known at an address, for thirty.
constexpr auto failure_kept = std::chrono::hours(24);
constexpr auto known_kept = std::chrono::hours(24 * 30);

std::string pair_key(std::string_view account, std::string_view address) {
    return std::string(account) + '\n' + counted_address(address);
}

std::string account_key(std::string_view account) {
    return std::string(account) + "\n*";
}

Milliseconds wait_after(unsigned failures, unsigned free) {
    if (failures < free) {
        return Milliseconds(0);
    }
    const unsigned doublings = std::min(failures - free, 20U);
    return std::min<Milliseconds>(bounds::guess_wait_min * (1U << doublings),
                                  bounds::guess_wait_max);
}

}  // namespace

std::string counted_address(std::string_view address) {
    if (address.find(':') == std::string_view::npos) {
        return std::string(address);
    }
    if (const std::size_t dot = address.find('.'); dot != std::string_view::npos) {
        return std::string(address.substr(address.rfind(':') + 1));  // IPv4 within IPv6
    }
    std::size_t end = 0;
    for (int groups = 0; groups < 4 && end != std::string_view::npos; ++groups) {
        const std::size_t next = address.find(':', end);
        if (next == std::string_view::npos || address.substr(next).starts_with("::")) {
            return std::string(address.substr(0, next)) + "::";
        }
        end = next + 1;
    }
    return std::string(address.substr(0, end)) + ":";
}

Throttle::Guesser& Throttle::guesser(const std::string& key, Instant now) {
    Guesser& found = guessers_[key];
    if (now - found.latest > failure_kept) {
        found.failures = 0;
    }
    found.latest = now;
    return found;
}

Milliseconds Throttle::wait(std::string_view account, std::string_view address, Instant now) {
    forget(now);
    Minute& tries = addresses_[counted_address(address)];
    if (now - tries.begun >= minute || now < tries.begun) {
        tries = Minute{now, 0};
    }
    if (++tries.tries > bounds::address_tries_per_minute_max) {
        return tries.begun + minute - now;
    }
    const auto pair = guessers_.find(pair_key(account, address));
    Instant free_at = pair == guessers_.end() ? now : pair->second.free_at;
    if (!account.empty() && (pair == guessers_.end() || !pair->second.is_known)) {
        const auto all = guessers_.find(account_key(account));
        free_at = all == guessers_.end() ? free_at : std::max(free_at, all->second.free_at);
    }
    // A clock that was set back must not lock anybody out.
    return std::clamp<Milliseconds>(free_at - now, Milliseconds(0), bounds::guess_wait_max);
}

void Throttle::failed(std::string_view account, std::string_view address, Instant now) {
    Guesser& pair = guesser(pair_key(account, address), now);
    pair.free_at = now + wait_after(++pair.failures, bounds::guesses_free);
    if (!account.empty() && !pair.is_known) {
        Guesser& all = guesser(account_key(account), now);
        all.free_at = now + wait_after(++all.failures, bounds::account_guesses_free);
    }
}

void Throttle::succeeded(std::string_view account, std::string_view address, Instant now) {
    Guesser& pair = guesser(pair_key(account, address), now);
    pair = Guesser{0, true, now, now};
}

/// When too many are kept: those whose time is over, and if that is not enough, the older half.
void Throttle::forget(Instant now) {
    if (kept() < bounds::guessers_kept_max) {
        return;
    }
    std::erase_if(addresses_, [&](const auto& one) { return now - one.second.begun >= minute; });
    std::erase_if(guessers_, [&](const auto& one) {
        return now - one.second.latest > (one.second.is_known ? known_kept : failure_kept);
    });
    if (addresses_.size() >= bounds::guessers_kept_max / 2) {
        addresses_.clear();
    }
    if (guessers_.size() < bounds::guessers_kept_max / 2) {
        return;
    }
    std::vector<Instant> times;
    for (const auto& [key, one] : guessers_) {
        times.push_back(one.latest);
    }
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    const Instant oldest = *middle;
    std::erase_if(guessers_, [&](const auto& one) { return one.second.latest <= oldest; });
}

}  // namespace kokemus::account
