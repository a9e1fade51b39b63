#include "stats/confidence_sequence.h"

#include <cmath>
#include <limits>
#include <memory>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/peeking_test.h"

namespace kokemus::stats {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

TEST(ConfidenceSequence, NothingSeenLeavesEverything) {
    const ConfidenceSequence sequence(1000);
    EXPECT_EQ(sequence.interval().low, -infinite);
    EXPECT_EQ(sequence.interval().high, infinite);
    EXPECT_TRUE(std::isinf(sequence_z(0, 1000)));
    EXPECT_EQ(sequence_z(10, 0), sequence_z(10, 1));
}

TEST(ConfidenceSequence, LooksThatSayNothingAreRefused) {
    ConfidenceSequence sequence(1000);
    EXPECT_FALSE(sequence.look(1, 0, 50));
    EXPECT_FALSE(sequence.look(1, -1, 50));
    EXPECT_FALSE(sequence.look(std::nan(""), 1, 50));
    EXPECT_FALSE(sequence.look(1, infinite, 50));
    EXPECT_FALSE(sequence.look(1, 1, 0));
    EXPECT_EQ(sequence.looks(), 0U);
    EXPECT_EQ(sequence.interval().high, infinite);
}

TEST(ConfidenceSequence, Golden) {
    // methods.md e6, sigma = 1
    EXPECT_NEAR(sequence_z(1000, 1000) / std::sqrt(1000.0), .095982, 1e-6);
    EXPECT_NEAR(sequence_z(200, 1000) / std::sqrt(200.0), .237863, 1e-6);
    EXPECT_NEAR(two_sided_z(.95) / std::sqrt(1000.0), .061980, 1e-6);
}

TEST(ConfidenceSequence, WhatALookRuledOutStaysRuledOut) {
    ConfidenceSequence sequence(100);
    EXPECT_TRUE(sequence.look(0, .1, 100));
    const Interval first = sequence.interval();
    EXPECT_TRUE(sequence.look(.2, .1, 120));
    EXPECT_GT(sequence.interval().low, first.low);
    EXPECT_EQ(sequence.interval().high, first.high);
    EXPECT_TRUE(sequence.look(.1, 5, 130));  // says little: nothing changes
    EXPECT_EQ(sequence.interval().high, first.high);
    EXPECT_FALSE(sequence.contradicted());
    EXPECT_EQ(sequence.looks(), 3U);
}

TEST(ConfidenceSequence, AContradictionIsSaid) {
    ConfidenceSequence sequence(100);
    sequence.look(0, .1, 100);
    const double high = sequence.interval().high;
    sequence.look(5, .1, 200);
    EXPECT_TRUE(sequence.contradicted());
    EXPECT_EQ(sequence.interval().low, high);
    EXPECT_EQ(sequence.interval().high, high);
    sequence.look(0, .1, 300);
    EXPECT_TRUE(sequence.contradicted());
}

TEST(ConfidenceSequence, TwentyLooksAtNothingFindLittleWhereTheUsualIntervalFindsAQuarter) {
    // methods.md e6: 24.3 % and 1.3 %, each +- 1.5 points
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        const double usual = found_without_effect(seed, 3000, [] {
            return [](const Moments& seen) {
                return std::abs(seen.mean()) >
                       two_sided_z(.95) *
                           std::sqrt(seen.variance() / static_cast<double>(seen.count()));
            };
        });
        EXPECT_NEAR(usual, .243, .025) << seed;  // 3000 runs: two standard errors more
        const double sequential = found_without_effect(seed, 3000, [] {
            const auto sequence = std::make_shared<ConfidenceSequence>(1000);
            return [sequence](const Moments& seen) {
                sequence->look(seen.mean(),
                               std::sqrt(seen.variance() / static_cast<double>(seen.count())),
                               seen.count());
                return sequence->interval().low > 0 || sequence->interval().high < 0;
            };
        });
        EXPECT_NEAR(sequential, .013, .015) << seed;
    }
}

RC_GTEST_PROP(ConfidenceSequence, IsNeverNarrowerThanALookAtOneTime, ()) {
    const auto n = *rc::gen::inRange<std::uint64_t>(1, 10'000'000);
    const auto planned = *rc::gen::inRange<std::uint64_t>(1, 10'000'000);
    const double confidence = *rc::gen::inRange(500, 999) / 1000.0;
    RC_ASSERT(sequence_z(n, planned, confidence) > two_sided_z(confidence));
}

RC_GTEST_PROP(ConfidenceSequence, IsNarrowestNearThePlan, ()) {
    const auto planned = *rc::gen::inRange<std::uint64_t>(50, 100'000);
    const double at_plan = sequence_z(planned, planned);
    RC_ASSERT(sequence_z(planned / 4, planned) > at_plan);
    RC_ASSERT(sequence_z(planned * 4, planned) > at_plan);
}

}  // namespace
}  // namespace kokemus::stats
