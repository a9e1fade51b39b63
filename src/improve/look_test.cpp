#include "improve/look.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stats/confidence_sequence.h"

namespace kokemus::improve {
namespace {

using stats::Verdict;
using testing::HasSubstr;

Registration rising() {
    Registration is;
    is.expected = 5;
    is.worthwhile = 2;
    return is;
}

Effect effect_of_size(double estimate, double error, std::uint64_t n = 1000) {
    Effect effect;
    effect.enough = true;
    effect.estimate = estimate;
    effect.standard_error = error;
    effect.n = n;
    effect.counted = "customers";
    return effect;
}

constexpr Plan thousand{.design = Design::Randomised, .grade = Grade::Strong, .planned_n = 1000};

TEST(Look, IsReadFromTheIntervalOfAllLooks) {
    const Look look = judged(effect_of_size(5, 1), rising(), thousand, {});
    const double half = stats::sequence_z(1000, 1000);
    EXPECT_NEAR(look.always.low, 5 - half, 1e-9);
    EXPECT_NEAR(look.always.high, 5 + half, 1e-9);
    // 3.03 errors: 5 - 3.03 is not above 2, although 5 - 1.96 is.
    EXPECT_EQ(look.verdict, Verdict::NotYetKnown);
    EXPECT_GT(look.more_needed.value(), 0U);
    EXPECT_THAT(look.why, HasSubstr("more customers would decide"));
    EXPECT_EQ(judged(effect_of_size(5, .9), rising(), thousand, {}).verdict, Verdict::Confirmed);
}

TEST(Look, WhatShallFallIsTurned) {
    Registration falling = rising();
    falling.expected = -5;
    falling.worthwhile = -2;
    const Look look = judged(effect_of_size(-5, .9), falling, thousand, {});
    EXPECT_EQ(look.verdict, Verdict::Confirmed);
    EXPECT_GT(look.chance_worthwhile, .99);
    EXPECT_LT(look.always.high, -2);
    EXPECT_EQ(judged(effect_of_size(5, .9), falling, thousand, {}).verdict, Verdict::Refuted);
    EXPECT_EQ(judged(effect_of_size(.1, .2), falling, thousand, {}).verdict, Verdict::TooSmall);
}

TEST(Look, WhatAnEarlierLookHasRuledOutStaysSo) {
    PastLook past;
    past.ordinal = 1;
    past.enough = true;
    past.estimate = 5;
    past.standard_error = .9;
    past.n = 1000;
    const std::vector<PastLook> before{past};
    const Look look = judged(effect_of_size(4, 1, 1200), rising(), thousand, before);
    EXPECT_EQ(look.looks, 2U);
    EXPECT_EQ(look.verdict, Verdict::Confirmed);
    EXPECT_NEAR(look.always.low, 5 - .9 * stats::sequence_z(1000, 1000), 1e-9);
    const Look against = judged(effect_of_size(-5, .5, 2000), rising(), thousand, before);
    EXPECT_EQ(against.verdict, Verdict::NotYetKnown);
    EXPECT_THAT(against.why, HasSubstr("contradict"));
}

TEST(Look, ACheckThatFailedConfirmsNothing) {
    Effect effect = effect_of_size(8, .5);
    effect.checks = {{"pre-trend", false, "had begun to part already"}};
    Look look = judged(effect, rising(), thousand, {});
    EXPECT_EQ(look.verdict, Verdict::NotYetKnown);
    EXPECT_THAT(look.why, HasSubstr("had begun to part"));
    EXPECT_FALSE(look.more_needed);
    effect.estimate = -8;
    EXPECT_EQ(judged(effect, rising(), thousand, {}).verdict, Verdict::Refuted);
    effect.checks = {{"sample-ratio", false, "no lot"}};
    EXPECT_EQ(judged(effect, rising(), thousand, {}).verdict, Verdict::NotYetKnown);
}

TEST(Look, NotEnoughSaysWhy) {
    Effect effect;
    effect.why_not = "there is no whole week yet";
    const Look look = judged(effect, rising(), thousand, {});
    EXPECT_EQ(look.verdict, Verdict::NotYetKnown);
    EXPECT_EQ(look.why, "there is no whole week yet");
}

TEST(Look, TheEstimateToPromiseOnIsDrawnToNothing) {
    EXPECT_NEAR(judged(effect_of_size(2, 1), rising(), thousand, {}).shrunken, 2 * .75, 1e-12);
    EXPECT_EQ(judged(effect_of_size(.5, 1), rising(), thousand, {}).shrunken, 0);
}

}  // namespace
}  // namespace kokemus::improve
