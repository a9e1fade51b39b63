#include "stats/bernoulli_cusum.h"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/oracle_test.h"

namespace kokemus::stats {
namespace {

constexpr Shares tenth_to_fifth{.usual = .1, .worse = .2};

TEST(BernoulliCusum, NothingSeenAndAllWellAreNoAlarm) {
    BernoulliCusum cusum(tenth_to_fifth, 3);
    EXPECT_FALSE(cusum.alarm());
    for (int i = 0; i < 100; ++i) {
        EXPECT_FALSE(cusum.add(false));
    }
    EXPECT_EQ(cusum.value(), 0.0);
    EXPECT_EQ(cusum.rising_for(), 0U);
}

TEST(BernoulliCusum, OneBadAnswerAndOneGood) {
    BernoulliCusum cusum(tenth_to_fifth, 3);
    cusum.add(true);
    EXPECT_NEAR(cusum.value(), .693147, 1e-6);
    cusum.add(false);
    EXPECT_NEAR(cusum.value(), .693147 - .117783, 1e-6);
}

TEST(BernoulliCusum, Golden) {
    BernoulliCusum cusum(tenth_to_fifth, 3.5);
    bool last = false;
    for (const int bad : {0, 0, 1, 0, 1, 1, 0, 1, 1, 1}) {
        EXPECT_FALSE(last);
        last = cusum.add(bad == 1);
    }
    EXPECT_NEAR(cusum.value(), 3.923317, 1e-6);
    EXPECT_TRUE(last);
    EXPECT_EQ(cusum.rising_for(), 8U);
    cusum.reset();
    EXPECT_FALSE(cusum.alarm());
}

TEST(BernoulliCusum, AlarmAtTheFirstBadAnswerIsAGeometricWait) {
    EXPECT_NEAR(bernoulli_cusum_run_length(tenth_to_fifth, .5, .1), 10, 1e-9);
    EXPECT_NEAR(bernoulli_cusum_run_length(tenth_to_fifth, .5, .4), 2.5, 1e-9);
}

TEST(BernoulliCusum, RunLengthsAsSimulatedInR) {
    const Oracle oracle("verdicts.csv");
    const auto expect = [&](const std::string& name, double is) {
        EXPECT_NEAR(is / oracle[name], 1, .015) << name;  // the simulation is good to 0.5 %
    };
    expect("bernoulli.well", bernoulli_cusum_run_length(tenth_to_fifth, 3, .1));
    expect("bernoulli.worse", bernoulli_cusum_run_length(tenth_to_fifth, 3, .2));
    expect("bernoulli.rare", bernoulli_cusum_run_length({.usual = .02, .worse = .05}, 2.5, .02));
}

TEST(BernoulliCusum, LimitForARunLength) {
    const double limit = bernoulli_cusum_limit(tenth_to_fifth, 2000);
    EXPECT_GE(bernoulli_cusum_run_length(tenth_to_fifth, limit, .1), 2000);
    EXPECT_LT(bernoulli_cusum_run_length(tenth_to_fifth, limit - .01, .1), 2000);
    EXPECT_LT(bernoulli_cusum_limit(tenth_to_fifth, 1), .002);
}

RC_GTEST_PROP(BernoulliCusum, NeverBelowNothingAndUpOnlyByBadAnswers, ()) {
    BernoulliCusum cusum(tenth_to_fifth, 5);
    for (const bool bad : *rc::gen::arbitrary<std::vector<bool>>()) {
        const double before = cusum.value();
        cusum.add(bad);
        RC_ASSERT(cusum.value() >= 0);
        RC_ASSERT(bad == (cusum.value() > before));
    }
}

}  // namespace
}  // namespace kokemus::stats
