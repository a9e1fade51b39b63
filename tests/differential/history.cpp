#include <algorithm>
#include <map>
#include <tuple>

#include <boost/json.hpp>

#include "reference.h"

namespace kokemus::reference {

using question::PromiseOutcome;

namespace {

bool contains(const std::vector<std::string>& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

}  // namespace

History::History(const World& world) : world_(world) {
    std::map<std::string, std::vector<Lived>> by_customer;
    for (const auto& entry : world.entries) {
        Lived lived{&entry, entry.encounter.channel, entry.encounter.department};
        const auto* touchpoint = world.blueprint.touchpoint(entry.encounter.touchpoint);
        if (touchpoint != nullptr && lived.channel.empty()) {
            lived.channel = touchpoint->channel;
        }
        if (touchpoint != nullptr && lived.department.empty()) {
            lived.department = touchpoint->owner;
        }
        by_customer[lived.customer()].push_back(lived);
    }
    bool first = true;
    for (auto& [name, all] : by_customer) {
        std::sort(all.begin(), all.end(), [](const Lived& a, const Lived& b) {
            return std::tie(a.encounter().time, a.encounter().sequence, a.encounter().id) <
                   std::tie(b.encounter().time, b.encounter().sequence, b.encounter().id);
        });
        latest_ = first ? all.back().time() : std::max(latest_, all.back().time());
        first = false;
        customers_.push_back(all);
    }
}

const std::vector<Lived>& History::of(const std::string& customer) const {
    static const std::vector<Lived> nothing;
    for (const auto& all : customers_) {
        if (all.front().customer() == customer) {
            return all;
        }
    }
    return nothing;
}

bool History::is_machine(const Lived& lived) const {
    const auto* channel = world_.blueprint.channel(lived.channel);
    return channel != nullptr && (channel->kind == blueprint::ChannelKind::SelfService ||
                                  channel->kind == blueprint::ChannelKind::Bot);
}

bool History::is_human(const Lived& lived) const {
    const auto* channel = world_.blueprint.channel(lived.channel);
    return channel != nullptr && channel->kind == blueprint::ChannelKind::Human;
}

bool History::is_contact(const Lived& lived) const {
    const auto* touchpoint = world_.blueprint.touchpoint(lived.touchpoint());
    if (touchpoint != nullptr && touchpoint->contact.has_value()) {
        return *touchpoint->contact;
    }
    const auto* channel = world_.blueprint.channel(lived.channel);
    return channel != nullptr && (channel->kind == blueprint::ChannelKind::Human ||
                                  channel->kind == blueprint::ChannelKind::Bot);
}

std::string History::topic(const Lived& lived) const {
    const auto* touchpoint = world_.blueprint.touchpoint(lived.touchpoint());
    return touchpoint == nullptr || touchpoint->topic.empty() ? lived.touchpoint()
                                                              : touchpoint->topic;
}

bool History::is_switch(const Lived& earlier, const Lived& later) const {
    return !earlier.channel.empty() && !later.channel.empty() && earlier.channel != later.channel;
}

bool History::is_forced(const Lived& earlier, const Lived& later) const {
    const bool same_thread = !earlier.thread().empty() && earlier.thread() == later.thread();
    return is_machine(earlier) && is_human(later) &&
           later.time() - earlier.time() <= std::chrono::hours(24) &&
           (same_thread || topic(earlier) == topic(later));
}

std::vector<Kept> History::promises_made(const Lived& lived) const {
    std::vector<Kept> all;
    for (const auto& promise : world_.blueprint.promises) {
        const bool made_here = promise.made.empty() || contains(promise.made, lived.touchpoint());
        const auto given = lived.encounter().due.find(promise.name);
        Kept kept;
        kept.promise = promise.name;
        if (made_here && given != lived.encounter().due.end()) {
            kept.due = given->second;
        } else if (contains(promise.made, lived.touchpoint()) && promise.within) {
            kept.due = lived.time() + *promise.within;
        } else {
            continue;
        }
        bool later = false;
        for (const auto& other : of(lived.customer())) {
            const bool in_thread = lived.thread().empty() || other.thread() == lived.thread();
            if (later && in_thread && contains(promise.kept, other.touchpoint())) {
                kept.actual = other.time();
                break;
            }
            later = later || other.entry == lived.entry;
        }
        if (kept.actual) {
            kept.outcome = *kept.actual <= kept.due ? PromiseOutcome::Kept : PromiseOutcome::Late;
        } else if (kept.due < latest_) {
            kept.outcome = PromiseOutcome::Broken;
        } else if (kept.due - latest_ <= promise.at_risk.value_or(std::chrono::hours(24))) {
            kept.outcome = PromiseOutcome::AtRisk;
        }
        all.push_back(kept);
    }
    return all;
}

std::string History::text(const Lived& lived, const question::Field& field) const {
    const auto& encounter = lived.encounter();
    const auto* touchpoint = world_.blueprint.touchpoint(lived.touchpoint());
    if (field.of == question::FieldOf::Dimension) {
        const auto* dimension = world_.blueprint.dimension(field.name);
        const auto properties = boost::json::parse(
            encounter.properties.empty() ? std::string("{}") : encounter.properties);
        const auto* value = properties.as_object().if_contains(dimension->key);
        return value == nullptr ? "" : std::string(value->as_string());
    }
    if (field.of == question::FieldOf::Customer && field.name != "customer") {
        const auto* dimension = world_.blueprint.dimension(field.name);
        for (const auto& customer : world_.customers) {
            if (customer.name == encounter.customer && customer.traits.count(dimension->key) > 0) {
                return customer.traits.at(dimension->key);
            }
        }
        return "";
    }
    if (field.name == "kind") {
        const auto* channel = world_.blueprint.channel(lived.channel);
        static const std::map<blueprint::ChannelKind, std::string> names = {
            {blueprint::ChannelKind::SelfService, "self-service"},
            {blueprint::ChannelKind::Human, "human"},
            {blueprint::ChannelKind::Bot, "bot"},
            {blueprint::ChannelKind::Message, "message"}};
        return channel == nullptr ? "" : names.at(channel->kind);
    }
    const std::map<std::string, std::string> fields = {
        {"customer", lived.customer()},
        {"touchpoint", lived.touchpoint()},
        {"channel", lived.channel},
        {"department", lived.department},
        {"employee", encounter.employee},
        {"thread", lived.thread()},
        {"scale", encounter.score ? encounter.scale : ""},
        {"stage", touchpoint == nullptr ? "" : touchpoint->stage},
        {"topic", topic(lived)}};
    return fields.at(field.name);
}

std::optional<double> History::experience(const Lived& lived) const {
    const auto& encounter = lived.encounter();
    const auto* scale = world_.blueprint.scale(encounter.scale);
    if (!encounter.score || scale == nullptr) {
        return std::nullopt;
    }
    const double share = (*encounter.score - scale->low) / (scale->high - scale->low);
    const double moved = std::min(3.0, std::max(-3.0, -3 + 6 * share));
    return scale->high_is_good ? moved : 0 - moved;  // never -0
}

std::optional<double> History::experience(const Unit& unit) const {
    double sum = 0;
    int scores = 0;
    for (const auto& lived : unit.lived) {
        if (const auto one = experience(lived)) {
            sum += *one;
            ++scores;
        }
    }
    return scores == 0 ? std::nullopt : std::optional(sum / scores);
}

}  // namespace kokemus::reference
