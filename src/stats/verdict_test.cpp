#include "stats/verdict.h"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/confidence.h"

namespace kokemus::stats {
namespace {

Estimate of(double estimate, double low, double high, std::uint64_t n = 100) {
    return Estimate{estimate, {low, high}, n, "t", true};
}

constexpr Wish worth_a_fifth{.smallest_worthwhile = .2};
constexpr Wish above_nothing{.smallest_worthwhile = .2, .proof = Proof::LimitAboveNothing};

TEST(Verdict, TooFewAnswersAreNotYetKnown) {
    Estimate few = of(5, 4, 6);
    few.enough = false;
    const Finding finding = find(few, worth_a_fifth);
    EXPECT_EQ(finding.verdict, Verdict::NotYetKnown);
    EXPECT_FALSE(finding.more_needed.has_value());
    EXPECT_EQ(find(of(5, 4, 6, 0), worth_a_fifth).verdict, Verdict::NotYetKnown);
}

TEST(Verdict, ByTheLimits) {
    EXPECT_EQ(find(of(.45, .21, .69), worth_a_fifth).verdict, Verdict::Confirmed);
    EXPECT_EQ(find(of(.45, .20, .70), worth_a_fifth).verdict, Verdict::NotYetKnown);
    EXPECT_EQ(find(of(.10, .05, .15), worth_a_fifth).verdict, Verdict::TooSmall);
    EXPECT_EQ(find(of(.02, -.1, .14), worth_a_fifth).verdict, Verdict::TooSmall);
    EXPECT_EQ(find(of(-.1, -.3, .10), worth_a_fifth).verdict, Verdict::Refuted);
    EXPECT_EQ(find(of(-.1, -.15, -.05), worth_a_fifth).verdict, Verdict::Refuted);
    EXPECT_EQ(find(of(.10, -.1, .30), worth_a_fifth).verdict, Verdict::NotYetKnown);
    EXPECT_EQ(find(of(.10, .05, .20), worth_a_fifth).verdict, Verdict::NotYetKnown);
}

TEST(Verdict, TheProofIsChosenBeforehand) {
    const Estimate some = of(.25, .05, .45);
    EXPECT_EQ(find(some, worth_a_fifth).verdict, Verdict::NotYetKnown);
    EXPECT_EQ(find(some, above_nothing).verdict, Verdict::Confirmed);
    EXPECT_EQ(find(of(.19, .05, .45), above_nothing).verdict, Verdict::NotYetKnown);
    EXPECT_EQ(find(of(.25, 0, .45), above_nothing).verdict, Verdict::NotYetKnown);
}

TEST(Verdict, WithoutASmallestEffectThereIsNoTooSmall) {
    EXPECT_EQ(find(of(.1, .05, .15), {}).verdict, Verdict::Confirmed);
    EXPECT_EQ(find(of(-.1, -.15, -.05), {}).verdict, Verdict::Refuted);
    EXPECT_EQ(find(of(-.1, -.15, -.05), {.smallest_worthwhile = -9}).verdict, Verdict::Refuted);
    EXPECT_EQ(find(of(0, -.1, .1), {}).verdict, Verdict::NotYetKnown);
}

TEST(Verdict, GoldenOfTheMethods) {
    // methods.md e0: estimate .45, error .12, smallest .2
    const double half = two_sided_z(.95) * .12;
    EXPECT_EQ(find(of(.45, .45 - half, .45 + half), worth_a_fifth).verdict, Verdict::Confirmed);
    EXPECT_NEAR(chance_above(.2, .45, .12), .981390, 1e-6);
    EXPECT_NEAR(chance_above(0, .45, .12), .999912, 1e-6);
}

TEST(Verdict, HowManyMore) {
    // Half width .3 at 100; to clear .2 from .3 it must shrink to .1: 900, so 800 more.
    EXPECT_EQ(*find(of(.3, 0, .6), worth_a_fifth).more_needed, 800U);
    // With the milder proof it must only clear 0.
    EXPECT_EQ(*find(of(.3, 0, .6), above_nothing).more_needed, 1U);
    // From below: the upper limit must come under .2.
    EXPECT_EQ(*find(of(.1, -.1, .3), worth_a_fifth).more_needed, 300U);
    EXPECT_EQ(*find(of(.45, .21, .69), worth_a_fifth).more_needed, 0U);
    EXPECT_FALSE(find(of(.2, 0, .4), worth_a_fifth).more_needed.has_value());
    EXPECT_FALSE(find(of(.3, -HUGE_VAL, HUGE_VAL), worth_a_fifth).more_needed.has_value());
}

TEST(Verdict, ChanceWithoutAnError) {
    EXPECT_EQ(chance_above(.2, .3, 0), 1.0);
    EXPECT_EQ(chance_above(.2, .1, 0), 0.0);
    EXPECT_EQ(chance_above(.2, .2, 0), 0.5);
}

RC_GTEST_PROP(Verdict, SoManyMoreDoDecide, ()) {
    const double estimate = *rc::gen::inRange(-100, 100) / 100.0;
    const double half = *rc::gen::inRange(1, 200) / 100.0;
    const auto n = *rc::gen::inRange<std::uint64_t>(10, 10'000);
    const Finding finding = find(of(estimate, estimate - half, estimate + half, n), worth_a_fifth);
    if (!finding.more_needed || *finding.more_needed == 0) {
        return;
    }
    const auto all = static_cast<double>(n + *finding.more_needed);
    const double narrower = half * std::sqrt(static_cast<double>(n) / all) * (1 - 1e-9);
    const auto then =
        find(of(estimate, estimate - narrower, estimate + narrower, n), worth_a_fifth);
    RC_ASSERT(then.verdict != Verdict::NotYetKnown);
}

}  // namespace
}  // namespace kokemus::stats
