#include "stats/cuped.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/mean.h"
#include "stats/oracle_test.h"

namespace kokemus::stats {
namespace {

PairedMoments of(const std::vector<double>& x, const std::vector<double>& y) {
    PairedMoments moments;
    for (std::size_t i = 0; i < x.size(); ++i) {
        moments.add(x[i], y[i]);
    }
    return moments;
}

const std::vector<double> before{5, 7, 8, 6, 9, 4, 7, 8, 6, 5};
const std::vector<double> after{6, 7, 9, 6, 9, 5, 8, 8, 7, 5};

TEST(Cuped, NobodyAndOneHaveNoDifference) {
    EXPECT_FALSE(cuped_difference(PairedMoments(), of(before, after)).has_value());
    EXPECT_FALSE(cuped_difference(of({1}, {2}), of(before, after)).has_value());
    EXPECT_EQ(cuped_theta(PairedMoments()), 0.0);
}

TEST(Cuped, WhatDidNotVaryBeforeChangesNothing) {
    const std::vector<double> same(after.size(), 7);
    const auto with = cuped_difference(of(same, after), of(same, before));
    const auto without = welch(of(same, after).y(), of(same, before).y());
    ASSERT_TRUE(with && without);
    EXPECT_EQ(with->theta, 0.0);
    EXPECT_EQ(with->variance_left, 1.0);
    EXPECT_EQ(with->difference.estimate, without->estimate);
    EXPECT_EQ(with->difference.p_value, without->p_value);
}

TEST(Cuped, Golden) {
    const PairedMoments moments = of(before, after);
    EXPECT_NEAR(cuped_theta(moments), .888889, 1e-6);
    EXPECT_NEAR(moments.correlation(), .942809, 1e-6);
    EXPECT_NEAR(moments.y().variance(), 2.222222, 1e-6);
    const Moments adjusted = cuped_adjusted(moments, cuped_theta(moments), moments.x().mean());
    EXPECT_NEAR(adjusted.variance(), .246914, 1e-6);
    EXPECT_NEAR(adjusted.mean(), moments.y().mean(), 1e-12);
}

TEST(Cuped, AsAnalysisOfCovarianceInR) {
    const Oracle oracle("verdicts.csv");
    const std::vector<double> before_second{6, 5, 8, 7, 4, 9, 6, 7, 5, 8};
    const std::vector<double> after_second{5, 5, 7, 7, 4, 8, 5, 7, 4, 6};
    const auto result = cuped_difference(of(before, after), of(before_second, after_second));
    ASSERT_TRUE(result.has_value());
    EXPECT_NEAR(result->theta, oracle["cuped.theta"], 1e-9);
    EXPECT_NEAR(result->difference.estimate, oracle["cuped.difference"], 1e-9);
    EXPECT_NEAR(result->difference.standard_error, oracle["cuped.error"], 1e-9);
    EXPECT_NEAR(result->difference.p_value, oracle["cuped.p"], 1e-9);
}

RC_GTEST_PROP(Cuped, AnEffectOnAllShiftsTheDifferenceAndNothingElse, ()) {
    const auto effect = *rc::gen::inRange(-50, 50) / 10.0;
    std::vector<double> shifted;
    for (const double y : after) {
        shifted.push_back(y + effect);
    }
    const auto is = cuped_difference(of(before, shifted), of(before, after));
    RC_ASSERT(is.has_value());
    RC_ASSERT(std::abs(is->difference.estimate - effect) < 1e-9);
    RC_ASSERT(std::abs(is->theta - cuped_theta(of(before, after))) < 1e-9);
}

}  // namespace
}  // namespace kokemus::stats
