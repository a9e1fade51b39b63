#include "stats/propagation.h"

#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/gamma_gamma.h"

namespace kokemus::stats {
namespace {

double sum(std::span<const double> parts) {
    double sum = 0;
    for (const double part : parts) {
        sum += part;
    }
    return sum;
}

TEST(Propagation, NothingUncertainIsCertain) {
    const std::array<Assumption, 2> certain{{{3, 0}, {4, 0}}};
    const Propagated result = propagate(certain, sum, {.threshold = 6, .draws = 100});
    EXPECT_EQ(result.median, 7.0);
    EXPECT_EQ(result.interval.low, 7.0);
    EXPECT_EQ(result.above_threshold, 1.0);
    EXPECT_EQ(result.swings[0].width(), 0.0);
}

TEST(Propagation, NoAssumptionsAndNoDraws) {
    EXPECT_TRUE(propagate({}, sum, {.draws = 10}).swings.empty());
    const std::array<Assumption, 1> one{{{3, 1}}};
    const Propagated none = propagate(one, sum, {.draws = 0});
    EXPECT_EQ(none.draws, 0U);
    EXPECT_EQ(none.swings.size(), 1U);
}

TEST(Propagation, WhatGivesNoNumberIsLeftOut) {
    const std::array<Assumption, 1> one{{{0, 1}}};
    const auto root = [](std::span<const double> x) { return std::sqrt(x[0]); };
    const Propagated result = propagate(one, root, {.draws = 10'000});
    EXPECT_NEAR(static_cast<double>(result.draws), 5000, 200);
}

TEST(Propagation, SumOfNormalsIsNormal) {
    const std::array<Assumption, 2> parts{{{10, 3}, {-4, 4}}};
    const Propagated result = propagate(parts, sum, {.draws = 200'000});
    EXPECT_NEAR(result.mean, 6, .05);
    EXPECT_NEAR(result.interval.low, 6 - 1.644854 * 5, .06);
    EXPECT_NEAR(result.interval.high, 6 + 1.644854 * 5, .06);
    EXPECT_NEAR(result.above_threshold, .884930, .003);
    EXPECT_EQ(result.swings[0].assumption, 1U);
    EXPECT_NEAR(result.swings[0].low, 6 - 4 * 1.644854, 1e-5);
}

TEST(Propagation, GoldenReturn) {
    // methods.md h3: 50,000 contracts kept a little more often, at a cost of 250,000.
    const std::array<Assumption, 2> assumptions{{{.012, .004}, {120, 10}}};
    const auto gain = [](std::span<const double> x) {
        return 50'000 * (contract_value(x[1], .80 + x[0], .10) - contract_value(x[1], .80, .10));
    };
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        const Propagated result =
            propagate(assumptions, gain, {.threshold = 250'000, .seed = seed, .draws = 300'000});
        EXPECT_NEAR(result.interval.low / 1e6, .399, .004) << seed;
        EXPECT_NEAR(result.median / 1e6, .911, .004) << seed;
        EXPECT_NEAR(result.interval.high / 1e6, 1.479, .006) << seed;
        EXPECT_NEAR(result.above_threshold, .984, .002) << seed;
        EXPECT_EQ(result.swings[0].assumption, 0U);  // how many are kept moves it most
    }
}

RC_GTEST_PROP(Propagation, TheSameSeedDrawsTheSame, ()) {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const std::array<Assumption, 2> parts{{{10, 3}, {-4, 4}}};
    const Propagation settings{.seed = seed, .draws = 500};
    RC_ASSERT(propagate(parts, sum, settings).median == propagate(parts, sum, settings).median);
    const Propagated result = propagate(parts, sum, settings);
    RC_ASSERT(result.interval.low <= result.median);
    RC_ASSERT(result.median <= result.interval.high);
}

}  // namespace
}  // namespace kokemus::stats
