#include "shape/contact_lift.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::shape {
namespace {

std::vector<Lift> of(const std::vector<Followed>& kinds) {
    return contact_lift(kinds);
}

TEST(ContactLift, NothingToCompareWith) {
    EXPECT_TRUE(of({}).empty());
    const Lift alone = of({{100, 20}})[0];
    EXPECT_EQ(alone.p_value, 1.0);
    EXPECT_EQ(alone.attributable_interval.high, 100.0);
    EXPECT_TRUE(std::isinf(alone.risk_ratio_interval.high));
    EXPECT_EQ(of({{0, 0}, {10, 2}})[0].lift, 0.0);
}

TEST(ContactLift, NoContactsAtAll) {
    const auto lifts = of({{100, 0}, {50, 0}});
    EXPECT_EQ(lifts[0].lift, 0.0);
    EXPECT_EQ(lifts[0].risk_ratio, 0.0);
    EXPECT_EQ(lifts[0].evidence, 0.0);
    EXPECT_GT(lifts[0].attributable_interval.high, 0);
    EXPECT_FALSE(lifts[0].enough);
}

TEST(ContactLift, AlikeIsNoEvidence) {
    const auto lifts = of({{100, 10}, {300, 30}});
    EXPECT_NEAR(lifts[0].lift, 1, 1e-12);
    EXPECT_NEAR(lifts[0].risk_ratio, 1, 1e-12);
    EXPECT_NEAR(lifts[0].attributable, 0, 1e-12);
    EXPECT_NEAR(lifts[0].evidence, 0, 1e-9);
}

TEST(ContactLift, MoreContactsThanEventsCountAsAll) {
    EXPECT_EQ(of({{10, 99}, {100, 5}})[0].risk_ratio, 20.0);
}

TEST(ContactLift, FiveContactsAreEnough) {
    EXPECT_FALSE(of({{10, 4}, {100, 5}})[0].enough);
    EXPECT_TRUE(of({{10, 5}, {100, 5}})[0].enough);
}

TEST(ContactLift, Golden) {
    // late delivery, invoice, password reset, newsletter
    const auto lifts = of({{200, 90}, {1000, 120}, {400, 60}, {4000, 80}});
    struct Row {
        double lift, ratio, low, high, evidence, attributable;
    };

    const std::array<Row, 4> golden{{{7.20, 9.346, 7.700, 11.344, 258.53, 80.37},
                                     {1.92, 2.400, 1.946, 2.960, 58.28, 70.00},
                                     {2.40, 2.690, 2.077, 3.484, 42.59, 37.69},
                                     {.32, .119, .093, .151, 381.68, -595}}};
    for (std::size_t i = 0; i < golden.size(); ++i) {
        SCOPED_TRACE(i);
        EXPECT_NEAR(lifts[i].lift, golden[i].lift, 5e-3);
        EXPECT_NEAR(lifts[i].risk_ratio, golden[i].ratio, 6e-4);
        EXPECT_NEAR(lifts[i].risk_ratio_interval.low, golden[i].low, 6e-4);
        EXPECT_NEAR(lifts[i].risk_ratio_interval.high, golden[i].high, 6e-4);
        EXPECT_NEAR(lifts[i].evidence, golden[i].evidence, 6e-3);
        EXPECT_NEAR(lifts[i].attributable, golden[i].attributable, 6e-3);
        EXPECT_LT(lifts[i].q_value, 1e-9);
        EXPECT_LT(lifts[i].attributable_interval.low, lifts[i].attributable);
        EXPECT_GT(lifts[i].attributable_interval.high, lifts[i].attributable);
    }
}

RC_GTEST_PROP(ContactLift, MoreThanOthersIsAboveOneOnEveryScale, ()) {
    std::vector<Followed> kinds;
    const auto count = *rc::gen::inRange(2, 6);
    for (int i = 0; i < count; ++i) {
        const auto events = *rc::gen::inRange<std::uint64_t>(1, 200);
        kinds.push_back({events, *rc::gen::inRange<std::uint64_t>(0, events + 1)});
    }
    for (const Lift& lift : of(kinds)) {
        RC_ASSERT((lift.attributable > 1e-9) == (lift.risk_ratio > 1 + 1e-12));
        RC_ASSERT(lift.evidence >= 0);
        RC_ASSERT(lift.p_value <= lift.q_value + 1e-15);
        RC_ASSERT(lift.attributable_interval.low <= lift.attributable + 1e-9);
        RC_ASSERT(lift.attributable <= lift.attributable_interval.high + 1e-9);
    }
}

}  // namespace
}  // namespace kokemus::shape
