#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "timeline/timeline_build.h"
#include "timeline/timeline_engine.h"

/// Small ledgers for tests, written one encounter a line.
namespace kokemus::timeline::tiny {

/// Times are written in minutes since 2026-01-01T00:00Z, a Thursday.
inline Instant at(std::int64_t minutes) {
    return std::chrono::sys_days(std::chrono::year(2026) / 1 / 1) + std::chrono::minutes(minutes);
}

inline constexpr std::int64_t hour = 60;
inline constexpr std::int64_t day = 24 * 60;

/// Gives ids and ledger numbers in order of adding.
class Ledger {
public:
    /// The encounter added, to set the rest of it.
    encounter::Encounter& add(const std::string& customer, std::int64_t minutes,
                              const std::string& touchpoint, const std::string& thread = "") {
        ledger::Entry entry;
        entry.number = entries.size() + 1;
        entry.encounter.id = encounter::EncounterId("e" + std::to_string(1000 + entry.number));
        entry.encounter.customer = encounter::CustomerName(customer);
        entry.encounter.time = at(minutes);
        entry.encounter.touchpoint = touchpoint;
        entry.encounter.thread = encounter::ThreadName(thread);
        entries.push_back(std::move(entry));
        return entries.back().encounter;
    }

    /// Reads from these entries, which must outlive it.
    ReadNumbers reads() const {
        return [this](std::span<const std::uint64_t> numbers, const auto& take) -> Status {
            const std::unordered_set<std::uint64_t> wanted(numbers.begin(), numbers.end());
            std::vector<ledger::Entry> found;
            for (const auto& entry : entries) {
                if (wanted.contains(entry.number)) {
                    found.push_back(entry);
                }
            }
            return take(found);
        };
    }

    std::shared_ptr<const Timeline> build(blueprint::Blueprint blueprint = {},
                                          std::size_t parts = 1) const {
        auto builder = TimelineBuilder::of_parts(
            std::make_shared<const blueprint::Blueprint>(std::move(blueprint)), reads(), parts);
        if (auto added = builder.add(entries); !added) {
            return nullptr;
        }
        builder.add_customers(customers);
        return builder.finish().value();
    }

    TimelineEngine engine(blueprint::Blueprint blueprint = {}) const {
        return TimelineEngine(build(std::move(blueprint)));
    }

    std::vector<ledger::Entry> entries;
    std::vector<encounter::Customer> customers;
};

template <typename Is>
question::ConditionPtr condition(Is is) {
    return std::make_shared<const question::Condition>(question::Condition{std::move(is)});
}

inline question::ConditionPtr text_is(const std::string& field, std::vector<std::string> values) {
    return condition(
        question::TextCondition{{question::FieldOf::Encounter, field}, std::move(values), false});
}

/// Web (self-service), bot, phone (human) and mail (message), and a topic "bill" of two
/// touchpoints.
inline blueprint::Blueprint four_channels() {
    using blueprint::ChannelKind;
    blueprint::Blueprint blueprint;
    blueprint.channels = {{"web", ChannelKind::SelfService},
                          {"bot", ChannelKind::Bot},
                          {"phone", ChannelKind::Human},
                          {"mail", ChannelKind::Message}};
    const auto touchpoint =
        [&](const std::string& name, const std::string& channel, const std::string& topic) {
            blueprint::Touchpoint declared;
            declared.name = name;
            declared.channel = channel;
            declared.topic = topic;
            declared.owner = "Billing";
            declared.stage = "pay";
            blueprint.touchpoints.push_back(declared);
        };
    touchpoint("look", "web", "bill");
    touchpoint("ask", "bot", "bill");
    touchpoint("call", "phone", "bill");
    touchpoint("move", "phone", "home");
    touchpoint("letter", "mail", "");
    blueprint.scales = {{"nps", 0, 10, true}, {"ces7", 1, 7, false}};
    return blueprint;
}

}  // namespace kokemus::timeline::tiny
