#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "describe.h"
#include "draw.h"
#include "question/format.h"
#include "random_world.h"
#include "timeline/live_timeline.h"
#include "timeline/timeline_engine.h"
#include "world_timeline.h"

namespace kokemus::reference {
namespace {

using question::Kind;
using question::Question;
using timeline::LiveTimeline;
using timeline::PartBuilder;
using timeline::TimelineEngine;

/// What an engine says to one question of every kind.
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
    return answers;
}

/// Byte for byte, question by question.
void expect_same_answers(const LiveTimeline& live, const World& world) {
    const auto numbers = *draw_choices();
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

/// Merges whenever there is something to merge, until it goes out of scope.
class BackgroundMerging {
public:
    explicit BackgroundMerging(LiveTimeline& live)
        : thread_([&live, this] {
              while (!ended_) {
                  if (const auto merged = live.merge_some(); !merged || !*merged) {
                      std::this_thread::yield();
                  }
              }
          }) {}

    BackgroundMerging(const BackgroundMerging&) = delete;
    BackgroundMerging& operator=(const BackgroundMerging&) = delete;

    ~BackgroundMerging() {
        ended_ = true;
        thread_.join();
    }

private:
    std::atomic<bool> ended_ = false;
    std::thread thread_;
};

/// A world's encounters in batches: the first is there from the start, the others are news.
std::vector<std::vector<ledger::Entry>> split(const World& world) {
    std::vector<std::vector<ledger::Entry>> batches(*rc::gen::inRange<std::size_t>(1, 9));
    for (const auto& entry : world.entries) {
        batches[*rc::gen::inRange<std::size_t>(0, batches.size())].push_back(entry);
    }
    return batches;
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

/// Former traits of everybody, to be overwritten.
std::vector<encounter::Customer> former(const std::vector<encounter::Customer>& customers) {
    auto changed = customers;
    for (auto& customer : changed) {
        customer.traits = {{"tariff", "silver"}};
    }
    return changed;
}

void merge_now_and_then(LiveTimeline& live) {
    for (int times = *rc::gen::inRange(0, 3); times > 0; --times) {
        RC_ASSERT(live.merge_some().has_value());
    }
}

/// News in any order, one batch after the other, with merges in between.
void live_through(LiveTimeline& live, const World& world,
                  const std::vector<std::vector<ledger::Entry>>& batches) {
    const std::size_t traits_at = *rc::gen::inRange<std::size_t>(0, batches.size());
    for (std::size_t batch = 0; batch < batches.size(); ++batch) {
        if (batch > 0) {
            take_entries(live, batches[batch]);
        }
        if (batch == 0 && *rc::gen::arbitrary<bool>()) {
            take_customers(live, former(world.customers));
        }
        if (batch == traits_at) {
            take_customers(live, world.customers);
        }
        merge_now_and_then(live);
    }
}

class Live : public testing::Test {};

RC_GTEST_FIXTURE_PROP(Live, AnySplitIntoBaseAndTailsAnswersAsIfMadeAtOnce, ()) {
    const World world = make_world(*draw_encounters());
    const auto batches = split(world);
    const auto live =
        live_timeline_of(world, batches.front(), *rc::gen::inRange<std::size_t>(1, 4));
    if (*rc::gen::arbitrary<bool>()) {
        const BackgroundMerging merging(*live);
        live_through(*live, world, batches);
    } else {
        live_through(*live, world, batches);
    }
    expect_same_answers(*live, world);
}

/// The customers in `names` lose the encounters with odd numbers, or all of them.
World corrected(const World& world, const std::vector<encounter::CustomerName>& names,
                bool erased) {
    World after = world;
    std::erase_if(after.entries, [&](const ledger::Entry& entry) {
        return std::ranges::count(names, entry.encounter.customer) != 0 &&
               (erased || entry.number % 2 == 1);
    });
    std::erase_if(after.customers, [&](const encounter::Customer& customer) {
        return erased && std::ranges::count(names, customer.name) != 0;
    });
    return after;
}

RC_GTEST_FIXTURE_PROP(Live, ErasedAndCorrectedCustomersAreAsIfTheyHadNeverBeenOtherwise, ()) {
    const World world = make_world(*draw_encounters());
    const auto batches = split(world);
    const auto live =
        live_timeline_of(world, batches.front(), *rc::gen::inRange<std::size_t>(1, 4));
    live_through(*live, world, batches);
    std::vector<encounter::CustomerName> names;
    for (int customer = 0; customer < 4; ++customer) {
        if (*rc::gen::arbitrary<bool>()) {
            names.emplace_back("c" + std::to_string(customer));
        }
    }
    const World after = corrected(world, names, *rc::gen::arbitrary<bool>());
    const auto replaced = live->replace(names, [&](PartBuilder& builder) -> Status {
        for (const auto& entry : after.entries) {
            if (std::ranges::count(names, entry.encounter.customer) != 0) {
                TRY(builder.add(entry));
            }
        }
        for (const auto& customer : after.customers) {
            if (std::ranges::count(names, customer.name) != 0) {
                builder.add_customer(customer);
            }
        }
        return {};
    });
    RC_ASSERT(replaced.has_value());
    merge_now_and_then(*live);
    expect_same_answers(*live, after);
}

}  // namespace
}  // namespace kokemus::reference
