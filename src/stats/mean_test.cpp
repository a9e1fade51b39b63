#include "stats/mean.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/oracle_test.h"
#include "stats/share_intervals.h"

namespace kokemus::stats {
namespace {

const Range one_to_seven{1, 7, 7};

Moments of(const std::vector<double>& values) {
    Moments moments;
    for (const double value : values) {
        moments.add(value);
    }
    return moments;
}

TEST(Mean, NoValuesSayNothing) {
    const Estimate estimate = mean_estimate(Moments(), one_to_seven);
    EXPECT_FALSE(estimate.enough);
    EXPECT_EQ(estimate.interval.low, 1.0);
    EXPECT_EQ(estimate.interval.high, 7.0);
}

TEST(Mean, OneValueSaysLittle) {
    const Estimate estimate = mean_estimate(of({7}), one_to_seven);
    EXPECT_TRUE(estimate.enough);
    EXPECT_EQ(estimate.estimate, 7.0);
    EXPECT_EQ(estimate.interval.high, 7.0);
    EXPECT_LT(estimate.interval.low, 4.0);
}

TEST(Mean, PosteriorOfFewAnswers) {
    // methods.md a3
    const Posterior posterior = mean_posterior(of({7, 6, 7, 5, 2, 6, 7}), one_to_seven);
    EXPECT_NEAR(posterior.mean, 5.142857, 1e-6);
    EXPECT_NEAR(posterior.deviation, .577606, 1e-6);
}

TEST(Mean, FewAnswersStayOnTheScaleWherePlainTLeavesIt) {
    const Moments values = of({7, 6, 7, 5, 2, 6, 7});
    // methods.md a3: t(6) = 2.446912 gives 4.050053 to 7.378519
    const double t = two_sided_t(usual_confidence, 6);
    EXPECT_NEAR(t, 2.446912, 1e-6);
    const double half = t * std::sqrt(values.variance() / 7);
    EXPECT_NEAR(values.mean() - half, 4.050053, 1e-6);
    EXPECT_NEAR(values.mean() + half, 7.378519, 1e-6);
    const Estimate estimate = mean_estimate(values, one_to_seven);
    EXPECT_EQ(estimate.method, "dirichlet");
    EXPECT_NEAR(estimate.estimate, 5.714286, 1e-6);
    EXPECT_LE(estimate.interval.high, 7.0);
}

TEST(Mean, BetaIsCloseToTheSimulatedPosterior) {
    const Oracle oracle("stats.csv");
    const auto expect = [&](const std::string& name, const Moments& values, const Range& range) {
        const Interval interval = mean_estimate(values, range).interval;
        // The Beta has the posterior's mean and deviation, not its exact shape.
        const double tolerance = 0.02 * (range.high - range.low);
        EXPECT_NEAR(interval.low, oracle["dirichlet." + name + ".low"], tolerance) << name;
        EXPECT_NEAR(interval.high,
                    std::max(values.mean(), oracle["dirichlet." + name + ".high"]),
                    tolerance)
            << name;
    };
    expect("seven", of({7, 6, 7, 5, 2, 6, 7}), one_to_seven);
    expect("ten", of({0, 10, 10, 9, 8, 10, 3, 7, 10, 9, 10, 6}), Range{0, 10, 11});
    expect("same", of(std::vector<double>(10, 7.0)), one_to_seven);
}

TEST(Mean, TwoLevelsAreJeffreys) {
    const Estimate estimate = mean_estimate(of({1, 1, 1, 0, 1, 0, 1}), Range{0, 1, 2});
    const Interval exact = jeffreys(5, 7);
    EXPECT_NEAR(estimate.interval.low, exact.low, 1e-9);
    EXPECT_NEAR(estimate.interval.high, exact.high, 1e-9);
}

TEST(Mean, ManyAnswersByT) {
    std::vector<double> values;
    for (int i = 0; i < 40; ++i) {
        values.push_back(3 + i % 3);
    }
    const Estimate estimate = mean_estimate(of(values), one_to_seven);
    EXPECT_EQ(estimate.method, "t");
    const Oracle oracle("stats.csv");
    EXPECT_NEAR(estimate.interval.low, oracle["t40.low"], 1e-9);
    EXPECT_NEAR(estimate.interval.high, oracle["t40.high"], 1e-9);
}

TEST(Mean, AllEqualIsNotCertainHoweverMany) {
    const Estimate estimate = mean_estimate(of(std::vector<double>(100, 7.0)), one_to_seven);
    EXPECT_EQ(estimate.interval.high, 7.0);
    EXPECT_LT(estimate.interval.low, 7.0);
}

TEST(Mean, WideScalesCountAsElevenLevels) {
    const Moments values = of({20, 50, 80});
    EXPECT_EQ(mean_posterior(values, Range{0, 100, 101}).deviation,
              mean_posterior(values, Range{0, 100, 11}).deviation);
}

TEST(Mean, ValuesBeyondTheRangeDoNotBreak) {
    const Estimate estimate = mean_estimate(of({-50, 90}), one_to_seven);
    EXPECT_LE(estimate.interval.low, estimate.estimate);
    EXPECT_LE(estimate.estimate, estimate.interval.high);
}

TEST(Mean, WelchNeedsTwoOfEachAndSomeSpread) {
    EXPECT_FALSE(welch(Moments(), of({1, 2})).has_value());
    EXPECT_FALSE(welch(of({1}), of({1, 2})).has_value());
    EXPECT_FALSE(welch(of({1, 1}), of({2, 2})).has_value());
    EXPECT_TRUE(welch(of({1, 1}), of({2, 3})).has_value());
}

TEST(Mean, WelchAsR) {
    const Oracle oracle("stats.csv");
    const auto difference =
        welch(of({7.1, 6.2, 8.0, 5.5, 6.9, 7.4}), of({5.2, 6.1, 4.8, 5.0, 6.6, 5.9, 4.4, 5.7}));
    ASSERT_TRUE(difference.has_value());
    EXPECT_NEAR(difference->statistic, oracle["welch.t"], 1e-9);
    EXPECT_NEAR(difference->p_value, oracle["welch.p"], 1e-9);
    EXPECT_NEAR(difference->interval.low, oracle["welch.low"], 1e-9);
    EXPECT_NEAR(difference->interval.high, oracle["welch.high"], 1e-9);
    EXPECT_NEAR(difference->standard_error, oracle["welch.error"], 1e-9);
    EXPECT_TRUE(difference->beyond_chance());
}

RC_GTEST_PROP(Mean, IntervalHoldsTheMeanAndStaysOnTheScale, ()) {
    const auto answers =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 11)));
    const Moments values = of(std::vector<double>(answers.begin(), answers.end()));
    const Estimate estimate = mean_estimate(values, Range{0, 10, 11});
    RC_ASSERT(0 <= estimate.interval.low);
    RC_ASSERT(estimate.interval.low <= estimate.estimate);
    RC_ASSERT(estimate.estimate <= estimate.interval.high);
    RC_ASSERT(estimate.interval.high <= 10);
    RC_ASSERT(estimate.interval.low < estimate.interval.high);
}

}  // namespace
}  // namespace kokemus::stats
