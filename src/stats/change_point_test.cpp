#include "stats/change_point.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

TEST(ChangePoint, BeforeTheFirstValue) {
    const ChangePoint point;
    EXPECT_EQ(point.likeliest().length, 0U);
    EXPECT_EQ(point.likeliest().chance, 1.0);
}

TEST(ChangePoint, WhatIsNotFiniteChangesNothing) {
    ChangePoint point;
    EXPECT_FALSE(point.add(std::nan("")));
    EXPECT_EQ(point.runs().size(), 1U);
}

TEST(ChangePoint, OneValueEndsTheRunWithTheHazard) {
    ChangePoint point;
    point.add(3);
    const auto runs = point.runs();
    ASSERT_EQ(runs.size(), 2U);
    EXPECT_NEAR(runs[0].chance, .02, 1e-12);
    EXPECT_NEAR(runs[1].chance, .98, 1e-12);
}

TEST(ChangePoint, Golden) {
    constexpr std::array values{.2, -.5, .1, .4, -.3, 0.0, .3, -.2, 2.9, 3.3, 2.6, 3.1};
    ChangePoint point({.mean = 0, .worth = .1, .variance = 1, .hazard = 1.0 / 50});
    std::vector<ChangePoint::Run> likeliest;
    for (const double x : values) {
        point.add(x);
        likeliest.push_back(point.likeliest());
    }
    for (std::size_t i = 0; i < 9; ++i) {
        EXPECT_EQ(likeliest[i].length, i + 1);
    }
    EXPECT_EQ(likeliest[9].length, 2U);
    EXPECT_EQ(likeliest[10].length, 3U);
    EXPECT_EQ(likeliest[11].length, 4U);
    EXPECT_NEAR(likeliest[9].chance, .798735, 1e-6);
    EXPECT_NEAR(likeliest[10].chance, .884084, 1e-6);
    EXPECT_NEAR(likeliest[11].chance, .916093, 1e-6);
}

TEST(ChangePoint, AValueBeyondAllBeliefDoesNotBreak) {
    ChangePoint point;
    point.add(0);
    point.add(1e150);
    double sum = 0;
    for (const auto& run : point.runs()) {
        sum += run.chance;
    }
    EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(ChangePoint, LongSeriesKeepFewRuns) {
    ChangePoint point;
    Random random(7);
    std::size_t most = 0;
    for (int i = 0; i < 5000; ++i) {
        point.add(random.normal(i < 2500 ? 0 : 4, 1));
        most = std::max(most, point.runs().size());
    }
    EXPECT_LE(most, 301U);
    // The change is found to the value, or nearly.
    EXPECT_NEAR(static_cast<double>(point.likeliest().length), 2500, 3);
}

RC_GTEST_PROP(ChangePoint, ChancesSumToOne, ()) {
    ChangePoint point;
    for (const int value : *rc::gen::container<std::vector<int>>(rc::gen::inRange(-90, 90))) {
        point.add(value / 10.0);
    }
    double sum = 0;
    for (const auto& run : point.runs()) {
        sum += run.chance;
    }
    RC_ASSERT(std::abs(sum - 1) < 1e-9);
}

}  // namespace
}  // namespace kokemus::stats
