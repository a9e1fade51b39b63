#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "encounter/encounter.h"
#include "sample/world.h"

namespace kokemus::sample {

/// Goes on with the world of a `Generator` after the end of its data: open orders get their visit,
/// tickets are fixed, new customers come, exactly as that world has it. Because a few thousand
/// customers do little in a minute, short moments are added, one every three seconds: usage looked
/// up, plans looked at, a fault solved by the bot.
///
/// The first call, and one call a day after it, goes through all customers: about 10 µs for each.
/// Not thread safe.
class LiveGenerator {
public:
    explicit LiveGenerator(const Options& options);
    ~LiveGenerator();

    /// What happens in (after, until], in order of time. Both lie at or after the end of the data,
    /// else it starts there. The same range gives the same encounters, but that added moments are
    /// left out of what is older than ten minutes.
    std::vector<encounter::Encounter> between(Instant after, Instant until);

    /// Customers who have joined in (after, until], with their traits.
    std::vector<encounter::Customer> joined(Instant after, Instant until) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kokemus::sample
