#include "stats/wilson.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/share_intervals.h"

namespace kokemus::stats {
namespace {

constexpr double printed = 1e-6;  // six decimals in the table

TEST(Wilson, NothingSeenSaysNothing) {
    const Interval interval = wilson(0, 0);
    EXPECT_EQ(interval.low, 0.0);
    EXPECT_EQ(interval.high, 1.0);
    EXPECT_EQ(wilson_lower_bound(0, 0), 0.0);
    EXPECT_FALSE(newcombe(0, 0, 5, 10).beyond_chance());
}

TEST(Wilson, NoneAndAllTouchTheEnds) {
    EXPECT_EQ(wilson(0, 5).low, 0.0);
    EXPECT_EQ(wilson(5, 5).high, 1.0);
    EXPECT_NEAR(wilson(5, 5).low, 1 - wilson(0, 5).high, 1e-12);
    EXPECT_EQ(wilson(9, 5).high, 1.0);  // more than all counts as all
}

TEST(Wilson, GoldenOfAllFourMethods) {
    struct Case {
        std::uint64_t part = 0, n = 0;
        Interval wilson, agresti_coull, jeffreys, clopper_pearson;
    };

    const std::array<Case, 4> cases{{
        {18, 20, {.698966, .972134}, {.686756, .984344}, {.716147, .978628}, {.683017, .987651}},
        {8, 10, {.490162, .943318}, {.479368, .954113}, {.497226, .955941}, {.443904, .974789}},
        {0, 5, {0, .434482}, {0, .489055}, {.000093, .379377}, {0, .521824}},
        {45, 60, {.627679, .842235}, {.626693, .843221}, {.630485, .846059}, {.621404, .852814}},
    }};
    const auto expect = [](const Interval& is, const Interval& golden) {
        EXPECT_NEAR(is.low, golden.low, printed);
        EXPECT_NEAR(is.high, golden.high, printed);
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.part);
        expect(wilson(each.part, each.n), each.wilson);
        expect(agresti_coull(each.part, each.n), each.agresti_coull);
        expect(jeffreys(each.part, each.n), each.jeffreys);
        expect(clopper_pearson(each.part, each.n), each.clopper_pearson);
    }
}

TEST(Wilson, LowerBound) {
    EXPECT_NEAR(wilson_lower_bound(18, 20), 0.738337, printed);
}

TEST(Wilson, HalfWidthsByNumberOfAnswers) {
    const auto half_width_points = [](std::uint64_t n) {
        const Interval interval = wilson(n * 8 / 10, n);
        return 50 * (interval.high - interval.low);
    };
    EXPECT_NEAR(half_width_points(10), 22.7, 0.05);
    EXPECT_NEAR(half_width_points(30), 13.9, 0.05);
    EXPECT_NEAR(half_width_points(60), 10.0, 0.05);
    EXPECT_NEAR(half_width_points(100), 7.8, 0.05);
}

TEST(Wilson, NewcombeDifference) {
    const Difference difference = newcombe(45, 60, 30, 60);
    EXPECT_NEAR(difference.estimate, .25, 1e-12);
    EXPECT_NEAR(difference.interval.low, .076780, printed);
    EXPECT_NEAR(difference.interval.high, .403461, printed);
    EXPECT_TRUE(difference.beyond_chance());
    // Pooled z of 45/60 against 30/60: sqrt(120) * .25 * ... = 2.828427
    EXPECT_NEAR(difference.statistic, 2.828427, 1e-6);
    EXPECT_NEAR(difference.p_value, 0.004677735, 1e-8);
}

TEST(Wilson, NewcombeOfEqualsIsWithinChance) {
    EXPECT_FALSE(newcombe(30, 60, 30, 60).beyond_chance());
    EXPECT_EQ(newcombe(60, 60, 60, 60).p_value, 1.0);
}

TEST(Wilson, OtherMethodsAtTheirEnds) {
    EXPECT_EQ(clopper_pearson(0, 0).low, 0.0);
    EXPECT_EQ(clopper_pearson(0, 0).high, 1.0);
    EXPECT_EQ(clopper_pearson(5, 5).high, 1.0);
    EXPECT_EQ(agresti_coull(0, 0).high, 1.0);
    EXPECT_EQ(agresti_coull(5, 5).high, 1.0);
}

RC_GTEST_PROP(Wilson, HoldsTheShareInsideZeroToOne, ()) {
    const auto n = *rc::gen::inRange<std::uint64_t>(1, 100'000);
    const auto part = *rc::gen::inRange<std::uint64_t>(0, n + 1);
    const double share = static_cast<double>(part) / static_cast<double>(n);
    const Interval interval = wilson(part, n);
    RC_ASSERT(0 <= interval.low);
    RC_ASSERT(interval.low <= share);
    RC_ASSERT(share <= interval.high);
    RC_ASSERT(interval.high <= 1);
}

RC_GTEST_PROP(Wilson, LimitsSolveTheScoreEquation, ()) {
    const auto n = *rc::gen::inRange<std::uint64_t>(2, 10'000);
    const auto part = *rc::gen::inRange<std::uint64_t>(1, n);
    const double share = static_cast<double>(part) / static_cast<double>(n);
    const double z = two_sided_z(usual_confidence);
    const Interval interval = wilson(part, n);
    for (const double limit : {interval.low, interval.high}) {
        const double distance =
            std::abs(share - limit) / std::sqrt(limit * (1 - limit) / static_cast<double>(n));
        RC_ASSERT(std::abs(distance - z) < 1e-6);
    }
}

}  // namespace
}  // namespace kokemus::stats
