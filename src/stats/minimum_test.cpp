#include "stats/minimum.h"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::stats {
namespace {

TEST(Minimum, OfNothingIsTheValueItself) {
    const Minimum found = minimum([](std::span<const double>) { return 7.0; }, {});
    EXPECT_EQ(found.value, 7.0);
    EXPECT_TRUE(found.settled);
}

TEST(Minimum, WhereThereIsNoneItGivesUp) {
    const Minimum found = minimum([](std::span<const double> x) { return x[0]; },
                                  {0},
                                  {.step = .5, .tolerance = 1e-9, .evaluations_max = 200});
    EXPECT_FALSE(found.settled);
    EXPECT_LE(found.evaluations, 210);
}

TEST(Minimum, WhatIsNotFiniteIsAvoided) {
    const Minimum found = minimum([](std::span<const double> x) { return x[0] - std::log(x[0]); },
                                  {.1});  // nan below 0
    EXPECT_TRUE(found.settled);
    EXPECT_NEAR(found.at[0], 1, 1e-4);
}

TEST(Minimum, RosenbrocksValley) {
    const Minimum found = minimum(
        [](std::span<const double> x) {
            return 100 * std::pow(x[1] - x[0] * x[0], 2) + std::pow(1 - x[0], 2);
        },
        {-1.2, 1},
        {.step = .5, .tolerance = 1e-14, .evaluations_max = 5000});
    EXPECT_TRUE(found.settled);
    EXPECT_NEAR(found.at[0], 1, 1e-5);
    EXPECT_NEAR(found.at[1], 1, 1e-5);
}

TEST(Minimum, PowellsFourNumbers) {
    const Minimum found = minimum(
        [](std::span<const double> x) {
            return std::pow(x[0] + 10 * x[1], 2) + 5 * std::pow(x[2] - x[3], 2) +
                   std::pow(x[1] - 2 * x[2], 4) + 10 * std::pow(x[0] - x[3], 4);
        },
        {3, -1, 0, 1},
        {.step = .5, .tolerance = 1e-14, .evaluations_max = 20'000});
    EXPECT_NEAR(found.value, 0, 1e-8);
}

RC_GTEST_PROP(Minimum, OfABowlIsItsBottom, ()) {
    const double x = *rc::gen::inRange(-100, 100) / 10.0;
    const double y = *rc::gen::inRange(-100, 100) / 10.0;
    const Minimum found = minimum(
        [&](std::span<const double> at) {
            return (at[0] - x) * (at[0] - x) + 3 * (at[1] - y) * (at[1] - y) +
                   (at[0] - x) * (at[1] - y);
        },
        {0, 0});
    RC_ASSERT(found.settled);
    RC_ASSERT(std::abs(found.at[0] - x) < 1e-3);
    RC_ASSERT(std::abs(found.at[1] - y) < 1e-3);
}

}  // namespace
}  // namespace kokemus::stats
