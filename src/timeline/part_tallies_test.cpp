#include "timeline/part_tallies.h"

#include <atomic>
#include <optional>
#include <thread>

#include <gtest/gtest.h>

#include "timeline/live_timeline.h"
#include "timeline/tally_work.h"
#include "timeline/time_table.h"
#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using encounter::CustomerName;
using question::Question;

/// Every part has a tally, together with all others, whoever leaves it.
PartTallies::Rules eager() {
    PartTallies::Rules rules;
    rules.rows_min = 0;
    rules.rows_settled_min = 0;
    rules.moved_one_in_max = 0;
    return rules;
}

std::string name_of(int customer) {
    return "c" + std::to_string(100 + customer);
}

/// A hundred customers who look, call and, most of them, move.
class PartTalliesTest : public ::testing::Test {
protected:
    explicit PartTalliesTest(const PartTallies::Rules& rules = eager())
        : tallies(std::make_shared<PartTallies>(rules)) {
        for (int customer = 0; customer < 100; ++customer) {
            ledger.add(name_of(customer), customer, "look");
            ledger.add(name_of(customer), customer + 200, "call");
            if (customer % 3 != 0) {
                ledger.add(name_of(customer), customer + 400, "move");
            }
        }
        live.emplace(ledger.build(tiny::four_channels()), ledger.reads(), tallies);
    }

    void take(const std::string& customer, std::int64_t minutes, const std::string& touchpoint) {
        ledger.add(customer, minutes, touchpoint);
        const auto taken =
            live->take([&](PartBuilder& builder) { return builder.add(ledger.entries.back()); });
        ASSERT_TRUE(taken.has_value());
    }

    void erase(const std::string& customer) {
        std::erase_if(ledger.entries, [&](const auto& entry) {
            return entry.encounter.customer.value() == customer;
        });
        const std::vector<CustomerName> names = {CustomerName(customer)};
        ASSERT_TRUE(live->replace(names, [](PartBuilder&) { return Status(); }).has_value());
    }

    question::FlowCounts flow(const Question& question) const {
        return *TimelineEngine(live->present()).flow(question);
    }

    question::FlowCounts flow_at_once(const Question& question) const {
        return *ledger.engine(tiny::four_channels()).flow(question);
    }

    void expect_as_at_once(const Question& question) const {
        const auto asked = flow(question);
        const auto expected = flow_at_once(question);
        EXPECT_EQ(asked.population.encounters, expected.population.encounters);
        EXPECT_EQ(asked.population.units, expected.population.units);
        EXPECT_EQ(asked.population.first, expected.population.first);
        EXPECT_EQ(asked.population.latest, expected.population.latest);
        ASSERT_EQ(asked.edges.size(), expected.edges.size());
        for (std::size_t edge = 0; edge < asked.edges.size(); ++edge) {
            EXPECT_EQ(asked.edges[edge].from, expected.edges[edge].from);
            EXPECT_EQ(asked.edges[edge].to, expected.edges[edge].to);
            EXPECT_EQ(asked.edges[edge].count, expected.edges[edge].count);
            EXPECT_EQ(asked.edges[edge].seconds_sum, expected.edges[edge].seconds_sum);
        }
    }

    static Question moving_only() {
        Question question;
        question.where = tiny::text_is("touchpoint", {"move"});
        return question;
    }

    tiny::Ledger ledger;
    std::shared_ptr<PartTallies> tallies;
    std::optional<LiveTimeline> live;
};

TEST_F(PartTalliesTest, AskedAgainOnlyNewsAndWhomTheyMovedAreCounted) {
    flow(Question{});
    EXPECT_EQ(tallies->use().questions, 1U);
    take(name_of(7), 1000, "letter");
    const auto present = live->present();
    const Plan plan = *Plan::make(*present, Question{});
    const std::size_t stride = TimeTable::stride_for(present->latest_time - present->first_time);
    const Keeping keeping{
        .what = "flow",
        .layout = layout_of({present->touchpoints.size(), present->channels.size(), stride})};
    // A touchpoint that nobody had met before: counters have grown, so all is counted anew.
    EXPECT_EQ(TallyWork(plan, keeping).fitting().size(), 0U);
    expect_as_at_once(Question{});
    take(name_of(8), 1001, "letter");
    const auto later = live->present();
    const Plan later_plan = *Plan::make(*later, Question{});
    const TallyWork work(later_plan, keeping);
    ASSERT_EQ(work.fitting().size(), 1U);
    std::vector<Code> moved;
    for (const auto& chunk : work.chunks()) {
        if (chunk.tally == TallyWork::taken_away) {
            moved.insert(moved.end(), chunk.customers.only.begin(), chunk.customers.only.end());
        } else {
            EXPECT_LE(chunk.customers.to, 3U) << "more than the news is counted";
        }
    }
    EXPECT_EQ(moved.size(), 1U);
    expect_as_at_once(Question{});
}

TEST_F(PartTalliesTest, BoundsOfTimeAreThoseOfWhoIsLeft) {
    const Question question = moving_only();
    expect_as_at_once(question);
    erase(name_of(98));  // the latest move
    expect_as_at_once(question);
    erase(name_of(1));  // and the first
    expect_as_at_once(question);
}

TEST_F(PartTalliesTest, AnEdgeThatNobodyTakesAnyMoreIsGone) {
    expect_as_at_once(Question{});
    for (int customer = 1; customer < 100; customer += 3) {
        erase(name_of(customer));
        erase(name_of(customer + 1));
    }
    const auto counts = flow(Question{});
    for (const auto& edge : counts.edges) {
        EXPECT_NE(edge.to, "move");
        EXPECT_GT(edge.count, 0U);
    }
    expect_as_at_once(Question{});
}

TEST_F(PartTalliesTest, AnOlderTimelineStillAnswersAsItDid) {
    const auto before = live->present();
    const auto first = *TimelineEngine(before).flow(moving_only());
    take(name_of(5), 900, "move");
    flow(moving_only());
    const auto again = *TimelineEngine(before).flow(moving_only());
    EXPECT_EQ(again.population.encounters, first.population.encounters);
    EXPECT_EQ(again.population.latest, first.population.latest);
}

TEST_F(PartTalliesTest, AskedByManyWhileNewsComeAllAreRight) {
    std::atomic<bool> ended = false;
    std::atomic<int> wrong = 0;
    const auto ask = [&] {
        while (!ended) {
            const auto timeline = live->present();
            const auto counts = *TimelineEngine(timeline).flow(Question{});
            wrong += counts.population.encounters == timeline->rows() ? 0 : 1;
        }
    };
    std::thread one(ask);
    std::thread other(ask);
    for (int news = 0; news < 60; ++news) {
        take(name_of(news), 2000 + news, "call");
        ASSERT_TRUE(live->merge_some().has_value());
    }
    ended = true;
    one.join();
    other.join();
    EXPECT_EQ(wrong, 0);
    expect_as_at_once(Question{});
}

TEST_F(PartTalliesTest, TalliesOfPartsThatAreNoMoreAreForgotten) {
    flow(Question{});
    flow(moving_only());
    EXPECT_EQ(tallies->use().questions, 2U);
    erase(name_of(3));
    while (*live->merge_some()) {
    }
    flow(Question{});
    EXPECT_EQ(tallies->use().questions, 1U);
}

TEST_F(PartTalliesTest, QuestionsThatNameWhoIsErasedAreForgotten) {
    Question question;
    question.where = tiny::condition(
        question::TextCondition{{question::FieldOf::Customer, "customer"}, {name_of(4)}, false});
    flow(question);
    flow(Question{});
    EXPECT_EQ(tallies->use().questions, 2U);
    erase(name_of(4));
    EXPECT_EQ(tallies->use().questions, 1U);
}

class NarrowPartTalliesTest : public PartTalliesTest {
protected:
    NarrowPartTalliesTest() : PartTalliesTest(narrow()) {}

    static PartTallies::Rules narrow() {
        PartTallies::Rules rules = eager();
        rules.bytes_max = 2'000'000;
        return rules;
    }
};

TEST_F(NarrowPartTalliesTest, WhatWasNotAskedForLongestGoesFirst) {
    std::vector<Question> questions;
    for (const char* touchpoint : {"look", "call", "move"}) {
        for (const char* other : {"look", "call", "move", "letter", "ask"}) {
            Question question;
            question.counts_only = true;
            question.where = tiny::text_is("touchpoint", {touchpoint, other});
            questions.push_back(question);
        }
    }
    for (const auto& question : questions) {
        flow(question);
        EXPECT_LE(tallies->use().bytes, 2'000'000U);
    }
    EXPECT_LT(tallies->use().questions, questions.size());
    EXPECT_GT(tallies->use().questions, 0U);
    const Plan plan = *Plan::make(*live->present(), questions.back());
    EXPECT_FALSE(tallies->of("transitions " + plan.question).empty());
    const Plan first = *Plan::make(*live->present(), questions.front());
    EXPECT_TRUE(tallies->of("transitions " + first.question).empty());
}

}  // namespace
}  // namespace kokemus::timeline
