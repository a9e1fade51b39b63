#include "stats/power.h"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/oracle_test.h"

namespace kokemus::stats {
namespace {

TEST(Power, NoDifferenceIsNeverSeen) {
    EXPECT_TRUE(std::isinf(needed_for_mean(4, 0)));
    EXPECT_TRUE(std::isinf(needed_for_shares(.8, .8)));
    EXPECT_TRUE(std::isinf(needed_for_mean(4, .3, {.second_per_first = 0})));
}

TEST(Power, AnEmptyGroupShowsNothing) {
    EXPECT_TRUE(std::isinf(detectable_difference(4, 0, 100)));
    EXPECT_TRUE(std::isinf(detectable_difference(4, 100, 0)));
    EXPECT_EQ(power_of_mean(4, 1, 0, 100), 0.0);
}

TEST(Power, Golden) {
    EXPECT_NEAR(power_factor({}), 7.848880, 1e-6);
    EXPECT_EQ(std::ceil(needed_for_mean(4, .3)), 698);
    EXPECT_EQ(std::ceil(needed_for_mean(.61, .05)), 3831);
    EXPECT_EQ(std::ceil(needed_for_shares(.80, .84)), 1447);
    // The simple form, with the variance of both groups as they are: 1445.
    EXPECT_EQ(std::ceil(needed_for_mean((.8 * .2 + .84 * .16) / 2, .04)), 1445);
    EXPECT_NEAR(detectable_difference(4, 500, 500), .354376, 1e-6);
    EXPECT_NEAR(design_effect(30, .05), 2.45, 1e-12);
}

TEST(Power, WhatIsKnownBeforeSavesAnswers) {
    EXPECT_NEAR(needed_for_mean(4 * (1 - .6 * .6), .3) / needed_for_mean(4, .3), .64, 1e-12);
}

TEST(Power, OneAnswerAClusterCostsNothing) {
    EXPECT_EQ(design_effect(1, .3), 1.0);
    EXPECT_EQ(design_effect(0, .3), 1.0);
    EXPECT_EQ(design_effect(30, -.01), 1.0);
}

TEST(Power, AsR) {
    const Oracle oracle("verdicts.csv");
    // power.prop.test takes the pooled variance of equal groups, as here.
    EXPECT_NEAR(needed_for_shares(.1, .13), oracle["power.shares.n"], 1e-3);
    // power.t.test knows the deviation less well: t instead of z costs about one answer a group.
    EXPECT_NEAR(needed_for_mean(4, .3), oracle["power.mean.n"], 1.5);
    EXPECT_NEAR(power_of_mean(4, .3, 500, 500), oracle["power.mean.at500"], 2e-3);
}

RC_GTEST_PROP(Power, WhatIsNeededShowsWhatWasAsked, ()) {
    const double difference = *rc::gen::inRange(1, 500) / 100.0;
    const double variance = *rc::gen::inRange(1, 900) / 10.0;
    const Demand demand{.confidence = *rc::gen::inRange(50, 100) / 100.0,
                        .power = *rc::gen::inRange(50, 100) / 100.0,
                        .second_per_first = *rc::gen::inRange(1, 40) / 10.0};
    const double first = needed_for_mean(variance, difference, demand);
    const double second = first * demand.second_per_first;
    RC_ASSERT(std::abs(detectable_difference(variance, first, second, demand) - difference) < 1e-9);
    const double power = power_of_mean(variance, -difference, first, second, demand.confidence);
    RC_ASSERT(std::abs(power - demand.power) < 1e-9);
}

}  // namespace
}  // namespace kokemus::stats
