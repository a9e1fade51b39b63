#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "courier/web_rules.h"

namespace kokemus::courier {

/// Where events are sent to.
struct Target {
    std::string id;
    std::string name;
    std::string url;
    std::vector<std::string> events;  ///< patterns: "user.*"
    bool is_on = true;
    std::string reason;  ///< why it is off; empty when somebody switched it off
    Instant made{};
    std::optional<Instant> failing_since;     ///< the first failure since it last took something
                                              ///< or had nothing waiting for it
    std::optional<Instant> old_secret_until;  ///< the secret before signs too until then
    std::int64_t waiting = 0;                 ///< deliveries on their way
};

/// Changes with whatever people may change of it, and with nothing else: not with what waits, or
/// failed.
std::string version_of(const Target& target);

/// Name, address and patterns as they are kept, or what is wrong with them.
Result<Target> checked(Target target, const WebRules& rules);

enum class DeliveryState { Waiting, Done, Failed };

std::string_view delivery_state_name(DeliveryState state);
Result<DeliveryState> read_delivery_state(std::string_view name);

/// One event on its way to one target.
struct Delivery {
    std::string event;  ///< its id, sent as `webhook-id`
    std::string type;
    Instant made{};
    DeliveryState state = DeliveryState::Waiting;
    unsigned tries = 0;
    std::optional<Instant> due;    ///< of the next try, while it waits
    std::optional<Instant> tried;  ///< the last time
    int status = 0;                ///< of the last answer; 0: there was none
    std::string problem;           ///< why the last try failed
    std::string answer;            ///< what was answered, shortened
};

}  // namespace kokemus::courier
