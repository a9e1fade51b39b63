#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "encounter/encounter.h"
#include "sample/world.h"

namespace kokemus::sample {

/// Who a customer is, before anything happens to them.
struct Profile {
    std::uint64_t number = 0;  ///< 0, 1, 2...
    Region region{};
    Segment segment{};
    Plan plan{};
    bool finnish = false;  ///< writes Finnish
    bool joins = false;    ///< gets connected within the data; else was a customer before
    Millis joined = 0;     ///< when they began to choose; for older customers when the data begins
    double feeling = 0;    ///< what they bring with them: their own part and their segment's
    double app_share = 0;  ///< how often they take the app instead of the web
};

Profile make_profile(const World& world, std::uint64_t number);

/// "c0001234"; the number is what the customer is called in the ledger.
encounter::CustomerName customer_name(std::uint64_t number);

/// Name, e-mail, region, plan, segment and language, for the ledger.
encounter::Customer make_customer(const World& world, const Profile& profile);

/// Streams of chance of one customer; each thing that happens has its own, so that a later one
/// changes no earlier one.
enum class Stream : std::uint64_t {
    Profile,
    Name,
    Connect,
    Faults,
    Moves,
    Changes,
    Leaving,
    Everyday,
    Surveys,
    Cut
};

Random stream(const World& world, std::uint64_t customer, Stream which, std::uint64_t index = 0);

}  // namespace kokemus::sample
