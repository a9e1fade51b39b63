#pragma once

#include <vector>

#include "sample/event.h"

namespace kokemus::sample {

/// Replaces `out` by everything that happens to a customer until `until`, in order of time. What
/// was so for an earlier `until` stays so: the same events at the same places, with new ones
/// behind them.
void live(const World& world, const Profile& profile, Millis until, std::vector<Event>& out);

}  // namespace kokemus::sample
