#include "stats/placebo.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

Placebo of(double effect, const std::vector<double>& placebos) {
    return placebo_rank(effect, placebos);
}

/// The mean after less the mean before.
std::optional<double> step(std::span<const double> series, std::size_t change) {
    if (change == 0 || change >= series.size()) {
        return std::nullopt;
    }
    const auto mean = [](std::span<const double> part) {
        return std::accumulate(part.begin(), part.end(), 0.0) / static_cast<double>(part.size());
    };
    return mean(series.subspan(change)) - mean(series.first(change));
}

TEST(Placebo, WithoutPlacebosNothingIsKnown) {
    EXPECT_EQ(of(5, {}).p_value, 1.0);
    EXPECT_FALSE(of(5, {}).enough);
}

TEST(Placebo, BySizeAndNotBySign) {
    EXPECT_NEAR(of(3, {1, -2, 2.9}).p_value, .25, 1e-12);
    EXPECT_EQ(of(3, {1, -2, -4}).rank, 2U);
    EXPECT_EQ(of(-3, {3, 1}).rank, 2U);  // equals count against the effect
}

TEST(Placebo, WhatIsNotFiniteIsLeftOutOrRanksLast) {
    EXPECT_EQ(of(3, {std::nan(""), 1}).placebos, 1U);
    EXPECT_EQ(of(std::numeric_limits<double>::infinity(), {1, 2}).rank, 3U);
}

TEST(Placebo, TwentyAreEnough) {
    EXPECT_FALSE(of(3, std::vector<double>(19, 1)).enough);
    const Placebo twenty = of(3, std::vector<double>(20, 1));
    EXPECT_TRUE(twenty.enough);
    EXPECT_NEAR(twenty.p_value, 1.0 / 21, 1e-12);
}

TEST(Placebo, InTimeNeedsRoomBeforeTheChange) {
    const std::vector<double> series(30, 1.0);
    EXPECT_FALSE(placebo_in_time(series, 31, {}, step).has_value());
    EXPECT_FALSE(placebo_in_time(series, 30, {}, step).has_value());
    EXPECT_EQ(placebo_in_time(series, 15, {}, step)->placebos, 0U);
    EXPECT_EQ(placebo_in_time(series, 16, {}, step)->placebos, 1U);
    EXPECT_EQ(placebo_in_time(series, 20, {}, step)->placebos, 5U);
}

TEST(Placebo, AStepStandsOutInTime) {
    Random random(4);
    std::vector<double> series;
    for (int i = 0; i < 60; ++i) {
        series.push_back(random.normal(i < 50 ? 0 : 4, 1));
    }
    const auto there = placebo_in_time(series, 50, {}, step);
    ASSERT_TRUE(there.has_value());
    EXPECT_EQ(there->rank, 1U);
    EXPECT_TRUE(there->enough);
    // Where nothing happened the effect is one of many.
    EXPECT_GT(placebo_in_time(series, 40, {}, step)->p_value, .05);
}

RC_GTEST_PROP(Placebo, IsBetweenTheLeastThereCanBeAndOne, ()) {
    const auto placebos = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-20, 20));
    const Placebo rank = of(*rc::gen::inRange(-25, 25), {placebos.begin(), placebos.end()});
    RC_ASSERT(rank.p_value <= 1);
    RC_ASSERT(rank.p_value >= 1 / static_cast<double>(placebos.size() + 1));
}

}  // namespace
}  // namespace kokemus::stats
