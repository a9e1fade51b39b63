#include "answer/causes.h"

#include <gtest/gtest.h>

#include "answer/sample_test.h"
#include "answer/small_groups.h"

namespace kokemus::answer {
namespace {

using question::Kind;
using sample::answered;
using sample::asking;

const Causes& body_of(const Answer& answer) {
    return std::get<Causes>(answer.body);
}

TEST(CausesAnswer, MostExcessContactsFirst) {
    const Answer answer = answered(asking(Kind::Causes));
    const Causes& causes = body_of(answer);
    ASSERT_EQ(causes.rows.size(), 4U);
    EXPECT_EQ(causes.rows[0].tally.touchpoint, "late delivery");
    EXPECT_NEAR(causes.rows[0].all.contacts, 80.37, 0.005);
    EXPECT_NEAR(causes.rows[0].all.lift, 7.20, 0.005);
    EXPECT_NEAR(causes.rows[1].all.contacts, 70, 0.005);
    EXPECT_EQ(causes.rows[3].tally.touchpoint, "newsletter");
    EXPECT_NEAR(causes.rows[3].all.contacts, -595, 0.5);
    EXPECT_GT(causes.rows[0].last.contacts, 70);
    EXPECT_EQ(causes.rows[0].drill,
              "episodes per thread where reaches ('late delivery', 'call') within 7d");
    ASSERT_TRUE(causes.rows[0].crossover.odds_ratio);
    EXPECT_DOUBLE_EQ(*causes.rows[0].crossover.odds_ratio, 5);
    EXPECT_LT(causes.rows[0].crossover.interval.low, 5);
    EXPECT_GT(causes.rows[0].crossover.interval.low, 1);
    EXPECT_NEAR(causes.rows[0].crossover.p_value, 1.5e-8, 1e-8);
    EXPECT_FALSE(causes.rows[1].crossover.odds_ratio);
    EXPECT_FALSE(causes.rows[0].cost) << "the blueprint knows no cost of a call";
    EXPECT_EQ(answer.finding.id, "causes.most");
}

TEST(CausesAnswer, CostWhereContactsHaveOne) {
    blueprint::Blueprint shop = sample::shop();
    blueprint::Touchpoint call;
    call.name = "call";
    call.cost = 6.5;
    shop.touchpoints.push_back(call);
    FakeEngine engine = sample::engine();
    engine.cause_counts.at = {{"call", 200}, {"chat", 100}};
    const auto answer = answer::answer(asking(Kind::Causes), engine, shop, {});
    ASSERT_TRUE(answer);
    const Causes& causes = body_of(*answer);
    EXPECT_DOUBLE_EQ(*causes.cost_per_contact, 6.5);
    EXPECT_NEAR(*causes.rows[0].cost, 80.37 * 6.5, 0.05);
    EXPECT_EQ(answer->finding.id, "causes.costly");
}

TEST(CausesAnswer, FirstContactsByDays) {
    const Answer answer = answered(asking(Kind::Causes));
    const auto& firsts = body_of(answer).first_contacts;
    ASSERT_EQ(firsts.size(), 4U);
    EXPECT_EQ(firsts[1].days, 7);
    EXPECT_DOUBLE_EQ(firsts[1].resolved.is.estimate, 0.75);
    EXPECT_FALSE(firsts[3].resolved.enough()) << "nine are too few";
}

TEST(CausesFinding, NothingBeyondChanceAndNothingAtAll) {
    FakeEngine engine = sample::engine();
    for (question::CauseTally& cause : engine.cause_counts.causes) {
        cause.followed = cause.events / 10;
    }
    EXPECT_EQ(answered(asking(Kind::Causes), engine).finding.id, "causes.even");
    for (question::CauseTally& cause : engine.cause_counts.causes) {
        cause.followed = 1;
    }
    EXPECT_EQ(answered(asking(Kind::Causes), engine).finding.id, "causes.few");
    engine.cause_counts.contacts = 0;
    EXPECT_EQ(answered(asking(Kind::Causes), engine).finding.text, "Nobody makes such a contact.");
}

TEST(CausesWithheld, WhatFewMetGoes) {
    FakeEngine engine = sample::engine();
    engine.cause_counts.causes[1].customers = 3;
    Answer answer = answered(asking(Kind::Causes), engine);
    const CustomersBehind nobody = [](const std::string&) -> Result<std::uint64_t> { return 100; };
    ASSERT_TRUE(withhold_small_groups(answer, 5, nobody));
    EXPECT_EQ(body_of(answer).rows.size(), 3U);
    EXPECT_EQ(answer.finding.id, "withheld");
}

}  // namespace
}  // namespace kokemus::answer
