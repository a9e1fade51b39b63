#include "live_steps.h"

#include <algorithm>
#include <string>

#include <rapidcheck.h>

#include "describe.h"
#include "draw.h"
#include "random_world.h"
#include "world_timeline.h"

namespace kokemus::reference {

using question::Kind;
using question::Question;
using timeline::LiveTimeline;
using timeline::PartBuilder;
using timeline::TimelineEngine;

std::vector<std::string> answers_of(const TimelineEngine& engine, const std::vector<int>& numbers) {
    Choices choices(numbers);
    const auto ask = [&](Kind kind) { return make_question(kind, choices); };
    std::vector<std::string> answers;
    answers.push_back(describe(engine.flow(ask(Kind::Flow))));
    answers.push_back(describe(engine.variants(ask(Kind::Variants))));
    answers.push_back(describe(engine.funnel(ask(Kind::Funnel))));
    answers.push_back(describe(engine.trend(ask(Kind::Trend))));
    const Question breakdown = ask(Kind::Breakdown);
    answers.push_back(describe(engine.breakdown(breakdown)));
    answers.push_back(describe(engine.values(*breakdown.by, breakdown, 5)));
    answers.push_back(describe(engine.promises(ask(Kind::Promises))));
    answers.push_back(describe(engine.switches(ask(Kind::Switches))));
    answers.push_back(describe(engine.episodes(ask(Kind::Episodes))));
    answers.push_back(describe(engine.timeline(ask(Kind::Timeline))));
    const Question of_units = ask(Kind::Episodes);
    answers.push_back(describe(engine.table(of_units, make_wish(of_units, choices))));
    return answers;
}

void expect_same_answers(const LiveTimeline& live, const World& world) {
    expect_same_answers(live, world, *draw_choices());
}

/// Byte for byte, question by question.
void expect_same_answers(const LiveTimeline& live, const World& world,
                         const std::vector<int>& numbers) {
    const auto actual = answers_of(TimelineEngine(live.present()), numbers);
    const auto expected = answers_of(TimelineEngine(timeline_of(world)), numbers);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (actual[i] != expected[i]) {
            RC_LOG() << "lived through\n"
                     << actual[i] << "\nmade at once\n"
                     << expected[i] << "\nin parts: " << live.present()->parts.size() << "\n";
        }
        RC_ASSERT(actual[i] == expected[i]);
    }
}

std::shared_ptr<timeline::PartTallies> draw_tallies() {
    constexpr std::size_t plenty = 1'000'000;
    timeline::PartTallies::Rules rules;
    rules.bytes_max = *rc::gen::element<std::size_t>(20'000, 100 * plenty, 100 * plenty);
    rules.tally_bytes_max = *rc::gen::element<std::size_t>(1'000, plenty, plenty);
    rules.rows_min = *rc::gen::element<std::size_t>(0, 3);
    rules.rows_settled_min = *rc::gen::element<std::size_t>(0, 6);
    rules.rows_together_max = *rc::gen::element<std::size_t>(0, 10, plenty);
    rules.moved_one_in_max = *rc::gen::element<std::size_t>(0, 2, 8);
    return std::make_shared<timeline::PartTallies>(rules);
}

void take_entries(LiveTimeline& live, const std::vector<ledger::Entry>& entries) {
    const auto taken = live.take([&](PartBuilder& builder) -> Status {
        for (const auto& entry : entries) {
            TRY(builder.add(entry));
        }
        return {};
    });
    RC_ASSERT(taken.has_value());
}

void take_customers(LiveTimeline& live, const std::vector<encounter::Customer>& customers) {
    const auto taken = live.take([&](PartBuilder& builder) -> Status {
        for (const auto& customer : customers) {
            builder.add_customer(customer);
        }
        return {};
    });
    RC_ASSERT(taken.has_value());
}

void replace(LiveTimeline& live, const std::vector<encounter::CustomerName>& names,
             const World& world) {
    const auto replaced = live.replace(names, [&](PartBuilder& builder) -> Status {
        for (const auto& entry : world.entries) {
            if (std::ranges::count(names, entry.encounter.customer) != 0) {
                TRY(builder.add(entry));
            }
        }
        for (const auto& customer : world.customers) {
            if (std::ranges::count(names, customer.name) != 0) {
                builder.add_customer(customer);
            }
        }
        return {};
    });
    RC_ASSERT(replaced.has_value());
}

void merge_now_and_then(LiveTimeline& live) {
    for (int times = *rc::gen::inRange(0, 3); times > 0; --times) {
        RC_ASSERT(live.merge_some().has_value());
    }
}

}  // namespace kokemus::reference
