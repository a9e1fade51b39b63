#include "metric/compare.h"

#include <gtest/gtest.h>

#include "stats/wilson.h"

namespace kokemus::metric {
namespace {

TEST(AgainstTarget, WithoutTargetOrAnswersThereIsNoVerdict) {
    EXPECT_EQ(against_target(share(50, 100, "s"), std::nullopt, true), Verdict::NoTarget);
    EXPECT_EQ(against_target(share(2, 4, "s"), 0.9, true), Verdict::NotEnough);
}

TEST(AgainstTarget, OnlyTheWholeIntervalDecides) {
    const Value half = share(50, 100, "s");  // 0.404 to 0.596
    EXPECT_EQ(against_target(half, 0.40, true), Verdict::Met);
    EXPECT_EQ(against_target(half, 0.50, true), Verdict::Unclear);
    EXPECT_EQ(against_target(half, 0.60, true), Verdict::Missed);
    EXPECT_EQ(against_target(half, 0.40, false), Verdict::Missed);
    EXPECT_EQ(against_target(half, 0.60, false), Verdict::Met);
}

TEST(AgainstTarget, EqualToTheLimitIsMet) {
    Value exact = share(50, 100, "s");
    exact.is.interval = stats::Interval{0.1 + 0.2, 0.5};
    EXPECT_EQ(against_target(exact, 0.3, true), Verdict::Met);
    exact.is.interval = stats::Interval{0.1, 0.3};
    EXPECT_EQ(against_target(exact, 0.1 + 0.2, true), Verdict::Unclear);
}

TEST(AgainstTarget, Names) {
    EXPECT_EQ(name_of(Verdict::Met), "met");
    EXPECT_EQ(name_of(Verdict::Missed), "missed");
    EXPECT_EQ(name_of(Verdict::Unclear), "unclear");
    EXPECT_EQ(name_of(Verdict::NotEnough), "not enough");
    EXPECT_EQ(name_of(Verdict::NoTarget), "none");
}

TEST(Change, OfSharesIsNewcombe) {
    const auto moved = change(share(45, 60, "s"), share(30, 60, "s"));
    ASSERT_TRUE(moved.has_value());
    const stats::Difference newcombe = stats::newcombe(45, 60, 30, 60);
    EXPECT_NEAR(moved->interval.low, newcombe.interval.low, 1e-12);
    EXPECT_NEAR(moved->interval.high, newcombe.interval.high, 1e-12);
    EXPECT_EQ(course(*moved, true), Course::Better);
    EXPECT_EQ(course(*moved, false), Course::Worse);
}

TEST(Change, NeedsEnoughOfBoth) {
    EXPECT_FALSE(change(share(1, 2, "s"), share(30, 60, "s")).has_value());
    EXPECT_FALSE(change(share(30, 60, "s"), share(1, 2, "s")).has_value());
}

TEST(Change, NothingMovedIsNotTheSameAsNotKnown) {
    const auto many = change(share(5000, 10'000, "s"), share(5000, 10'000, "s"));
    EXPECT_EQ(course(*many, true), Course::Same);
    const auto few = change(share(10, 20, "s"), share(10, 20, "s"));
    EXPECT_EQ(course(*few, true), Course::Unknown);
    EXPECT_EQ(name_of(Course::Same), "same");
    EXPECT_EQ(name_of(Course::Unknown), "unknown");
    EXPECT_EQ(name_of(Course::Better), "better");
    EXPECT_EQ(name_of(Course::Worse), "worse");
}

}  // namespace
}  // namespace kokemus::metric
