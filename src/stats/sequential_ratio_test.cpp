#include "stats/sequential_ratio.h"

#include <cmath>
#include <memory>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/peeking_test.h"

namespace kokemus::stats {
namespace {

TEST(SequentialRatio, NothingSeenIsNoEvidence) {
    EXPECT_EQ(SequentialRatio(.04).p_value(), 1.0);
}

TEST(SequentialRatio, WithoutVarianceOrMixingNothingIsTold) {
    EXPECT_EQ(mixture_ratio(3, 0, .04), 1.0);
    EXPECT_EQ(mixture_ratio(3, .02, 0), 1.0);
    EXPECT_TRUE(std::isinf(mixture_half_width(0, .04)));
    SequentialRatio test(.04);
    test.look(std::nan(""), .02);
    test.look(3, -1);
    EXPECT_EQ(test.p_value(), 1.0);
}

TEST(SequentialRatio, Golden) {
    const double variance = 2 * 4.0 / 400;
    EXPECT_NEAR(mixture_ratio(.25, variance, .04), 1.636174, 1e-6);
    EXPECT_NEAR(mixture_half_width(variance, .04), .461197, 1e-6);
    SequentialRatio test(.04);
    test.look(.25, variance);
    EXPECT_NEAR(test.p_value(), .611182, 1e-6);
}

TEST(SequentialRatio, PNeverRises) {
    SequentialRatio test(.04);
    test.look(.4, .02);
    const double after_much = test.p_value();
    test.look(0, .02);
    EXPECT_EQ(test.p_value(), after_much);
}

TEST(SequentialRatio, TwentyLooksAtNothingFindLittle) {
    // methods.md e6: 1.4 % +- 1.5 points; never more than the 5 % that is promised
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        const double found = found_without_effect(seed, 3000, [] {
            const auto test = std::make_shared<SequentialRatio>(.01);
            return [test](const Moments& seen) {
                test->look(seen.mean(), 1 / static_cast<double>(seen.count()));
                return test->p_value() <= .05;
            };
        });
        EXPECT_NEAR(found, .014, .015) << seed;
    }
}

RC_GTEST_PROP(SequentialRatio, TheIntervalEndsWhereTheTestRejects, ()) {
    const double variance = *rc::gen::inRange(1, 1000) / 1000.0;
    const double mixing = *rc::gen::inRange(1, 1000) / 1000.0;
    const double confidence = *rc::gen::inRange(500, 999) / 1000.0;
    const double limit = mixture_half_width(variance, mixing, confidence);
    const double ratio = mixture_ratio(limit, variance, mixing);
    RC_ASSERT(std::abs(ratio * (1 - confidence) - 1) < 1e-9);
}

}  // namespace
}  // namespace kokemus::stats
