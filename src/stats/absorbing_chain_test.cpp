#include "stats/absorbing_chain.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

TEST(AbsorbingChain, NoStatesGiveNothing) {
    EXPECT_EQ(expected_total(Chain(0), {}), 0.0);
}

TEST(AbsorbingChain, OneStateIsLeftAtOnceOrAfterAWhile) {
    Chain chain(1);
    EXPECT_EQ(expected_total(chain, {1}), 1.0);
    chain.chance(0, 0) = .75;
    EXPECT_NEAR(expected_total(chain, {1}), 4, 1e-12);
}

TEST(AbsorbingChain, WhatCannotBeLeftLastsForEver) {
    Chain chain(2);
    chain.chance(0, 1) = .5;
    chain.chance(1, 1) = 1;
    EXPECT_TRUE(std::isinf(expected_total(chain, {1, 1})));
    EXPECT_NEAR(expected_total(chain, {1, 0}), 1, 1e-12);
}

TEST(AbsorbingChain, WhatIsNeverReachedDoesNotCount) {
    Chain chain(2);
    chain.chance(1, 1) = 1;
    EXPECT_EQ(expected_total(chain, {1, 1}), 1.0);
}

TEST(AbsorbingChain, GamblersRuin) {
    // From 2 of 5 with even chances: won with 2/5, over after 2 * 3 rounds (Feller, ch. XIV).
    // States: 2, 1, 3, 4.
    Chain chain(4);
    chain.chance(0, 1) = chain.chance(0, 2) = .5;
    chain.chance(1, 0) = .5;
    chain.chance(2, 0) = chain.chance(2, 3) = .5;
    chain.chance(3, 2) = .5;
    EXPECT_NEAR(expected_total(chain, {0, 0, 0, .5}), .4, 1e-12);
    EXPECT_NEAR(expected_total(chain, {1, 1, 1, 1}), 6, 1e-12);
}

RC_GTEST_PROP(AbsorbingChain, EveryExitTogetherIsCertain, ()) {
    Random random(*rc::gen::arbitrary<std::uint64_t>());
    const std::size_t n = 1 + random.below(12);
    Chain chain(n);
    std::vector<double> leaves(n);
    for (std::size_t from = 0; from < n; ++from) {
        leaves[from] = random.uniform(.01, .5);
        double sum = 0;
        for (std::size_t to = 0; to < n; ++to) {
            chain.chance(from, to) = random.uniform();
            sum += chain.chance(from, to);
        }
        for (std::size_t to = 0; to < n; ++to) {
            chain.chance(from, to) *= (1 - leaves[from]) / sum;
        }
    }
    RC_ASSERT(std::abs(expected_total(chain, leaves) - 1) < 1e-9);
}

}  // namespace
}  // namespace kokemus::stats
