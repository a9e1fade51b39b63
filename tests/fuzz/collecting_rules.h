#pragma once

#include <memory>

#include "blueprint/blueprint_read.h"
#include "hostile_input.h"
#include "intake/event_map.h"

namespace kokemus::fuzz {

/// A blueprint that uses every kind of rule for what is sent.
struct CollectingRules {
    std::shared_ptr<const blueprint::Blueprint> blueprint;
    intake::EventMap events;
    intake::ExclusionRules exclusions;
};

inline CollectingRules read_rules() {
    constexpr std::string_view toml = R"(
[channel.web]
kind = "self-service"
[touchpoint."order placed"]
channel = "web"
[event."Order Completed"]
touchpoint = "order placed"
thread = "/properties/order_id | none"
value = "/properties/total"
[event.Heartbeat]
skip = true
[event."/checkout/*"]
kind = "page"
touchpoint = "checkout"
text = "/properties/note"
[event."com.shop.ordered"]
kind = "cloudevent"
touchpoint = "order placed"
customer = "/data/buyer"
score = "/data/list/0"
scale = "nps"
[event."com.shop.beat"]
kind = "cloudevent"
skip = true
[exclude.bots]
user_agents = ["bot"]
[exclude.own]
addresses = ["10.0.0.0/8", "2001:db8::/32"]
domains = ["shop.example"]
)";
    const blueprint::Reading reading = blueprint::read_blueprint(toml);
    must(!blueprint::has_errors(reading.faults), blueprint::to_text(reading.faults));
    CollectingRules rules;
    rules.blueprint = std::make_shared<const blueprint::Blueprint>(reading.blueprint);
    rules.events = *intake::EventMap::of(rules.blueprint);
    rules.exclusions = *intake::ExclusionRules::of(*rules.blueprint);
    return rules;
}

}  // namespace kokemus::fuzz
