#include "intake/event_map.h"

#include <cmath>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "intake/semantic_events.h"

namespace kokemus::intake {

namespace json = boost::json;
using blueprint::EventKind;

Result<EventMap> EventMap::of(std::shared_ptr<const blueprint::Blueprint> blueprint) {
    EventMap map;
    for (const blueprint::EventRule& rule : blueprint->events) {
        auto fields = FieldMap::parse(rule.fields);
        if (!fields) {
            return invalid_input(
                fmt::format("event {}: {}", quote(rule.name), fields.error().message));
        }
        Rule own{rule.kind, rule.name, rule.name.ends_with('*'), rule.skip, std::move(*fields)};
        if (own.is_beginning) {
            own.name.pop_back();
        } else {
            map.by_name_.emplace(rule.name, map.rules_.size());
        }
        map.rules_.push_back(std::move(own));
    }
    map.blueprint_ = std::move(blueprint);
    return map;
}

/// By its name; else, for a page, by its path, of several beginnings the longest.
const EventMap::Rule* EventMap::find(const SentEvent& event) const {
    for (const std::string_view name : {event.name, event.path}) {
        const auto exact = by_name_.find(name);
        if (exact != by_name_.end() && rules_[exact->second].kind == event.kind) {
            return &rules_[exact->second];
        }
    }
    const Rule* longest = nullptr;
    for (const Rule& rule : rules_) {
        const bool fits = rule.is_beginning && rule.kind == event.kind &&
                          (event.path.starts_with(rule.name) || event.name.starts_with(rule.name));
        if (fits && (longest == nullptr || rule.name.size() > longest->name.size())) {
            longest = &rule;
        }
    }
    return longest;
}

bool EventMap::skips(const SentEvent& event) const {
    const Rule* rule = find(event);
    return rule != nullptr && rule->skip;
}

std::string EventMap::touchpoint_of(const SentEvent& event) const {
    if (!event.name.empty()) {
        return std::string(event.name);
    }
    return event.kind == EventKind::Screen ? "screen viewed" : "page viewed";
}

void EventMap::fill(const SentEvent& event, const json::value& document, std::string_view channel,
                    json::object& wire) const {
    const FieldMap* built_in =
        event.kind == EventKind::Track ? semantic_fields(event.name) : nullptr;
    if (!channel.empty()) {
        wire["channel"] = channel;
    }
    if (built_in != nullptr) {
        built_in->apply(document, wire);
        if (json::value* value = wire.if_contains("value"); value && gives_money_back(event.name)) {
            if (value->is_number()) {
                *value = -std::abs(value->to_number<double>());
            }
        }
    }
    // A touchpoint of the blueprint with exactly that name is what its author meant.
    if (built_in == nullptr || blueprint_->touchpoint(event.name) != nullptr) {
        wire["touchpoint"] = touchpoint_of(event);
    }
    if (const Rule* rule = find(event); rule != nullptr) {
        rule->fields.apply(document, wire);
    }
    if (!wire.contains("score")) {
        wire.erase("scale");
    }
    const json::value* touchpoint = wire.if_contains("touchpoint");
    const json::value* named = wire.if_contains("channel");
    if (named == nullptr || !named->is_string() || !touchpoint->is_string()) {
        return;
    }
    const auto* known = blueprint_->touchpoint(touchpoint->get_string());
    const bool is_guess = named->get_string() == json::string_view(channel.data(), channel.size());
    if (is_guess && known != nullptr && !known->channel.empty() &&
        blueprint_->channel(channel) == nullptr) {
        wire.erase("channel");
    }
}

}  // namespace kokemus::intake
