#pragma once

#include <optional>

#include "base/instant.h"

/// When something that failed is tried again. Pure: chance and times are given.
namespace kokemus::courier {

/// How long to wait after that many tries have failed, none when that was the last: the example of
/// Standard Webhooks (at once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h; about three
/// days), each wait drawn evenly between nothing and twice its length (full jitter), so that many
/// that failed together do not come back together. `chance` is in [0, 1). What the receiver asks
/// for by Retry-After is waited at least, up to a day.
std::optional<Milliseconds> wait_after(unsigned tries, double chance,
                                       std::optional<Milliseconds> retry_after = {});

/// How many tries there are at most.
unsigned tries_max();

/// How long a target rests after that many failures one after another, whatever waits for it: from
/// a second to five minutes.
Milliseconds target_pause(unsigned failures, std::optional<Milliseconds> retry_after = {});

}  // namespace kokemus::courier
