#include "stats/nps.h"

#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::stats {
namespace {

constexpr double tolerance = 1e-6;

Interval in_points(const Interval& interval) {
    return Interval{100 * interval.low, 100 * interval.high};
}

Interval adjusted_wald(const NpsCounts& counts) {
    const auto n = static_cast<double>(counts.n());
    return nps_adjusted_wald(
        static_cast<double>(counts.promoters) / n, static_cast<double>(counts.detractors) / n, n);
}

/// What textbooks show, here only to see why it is not used.
Interval wald(const NpsCounts& counts) {
    const double half = two_sided_z(usual_confidence) * nps_standard_error(counts);
    return Interval{nps(counts) - half, nps(counts) + half};
}

TEST(Nps, NoAnswersSayNothing) {
    const Interval interval = nps_tango(NpsCounts{});
    EXPECT_EQ(interval.low, -1.0);
    EXPECT_EQ(interval.high, 1.0);
    EXPECT_EQ(nps(NpsCounts{}), 0.0);
    EXPECT_EQ(nps_standard_error(NpsCounts{}), 0.0);
}

TEST(Nps, OneAnswerStaysInsideAndSaysLittle) {
    const Interval promoter = nps_tango(NpsCounts{1, 0, 0});
    EXPECT_EQ(promoter.high, 1.0);
    EXPECT_LT(promoter.low, 0.0);
    const Interval passive = nps_tango(NpsCounts{0, 1, 0});
    EXPECT_NEAR(passive.low, -passive.high, 1e-12);
}

struct Golden {
    NpsCounts counts;
    double nps = 0;
    Interval wald, adjusted, score;
};

// methods.md a1, in points; the table has four decimals.
const std::array<Golden, 5> golden{{
    {{12, 5, 3}, 45, {12.5716, 77.4284}, {8.4311, 69.8297}, {7.4375, 70.5271}},
    {{50, 30, 20}, 30, {14.6922, 45.3078}, {14.0511, 44.2013}, {13.9551, 44.3393}},
    {{4, 1, 0}, 80, {44.9391, 115.0609}, {4.1655, 95.8345}, {1.7932, 96.3776}},
    {{0, 3, 2}, -40, {-82.9407, 2.9407}, {-67.4345, 17.4345}, {-76.9276, 20.8275}},
    {{10, 0, 0}, 100, {100, 100}, {47.5036, 100}, {44.4934, 100}},
}};

TEST(Nps, GoldenIntervals) {
    constexpr double printed = 5e-5;
    for (const Golden& each : golden) {
        SCOPED_TRACE(each.nps);
        EXPECT_NEAR(100 * nps(each.counts), each.nps, tolerance);
        EXPECT_NEAR(in_points(wald(each.counts)).low, each.wald.low, printed);
        EXPECT_NEAR(in_points(wald(each.counts)).high, each.wald.high, printed);
        EXPECT_NEAR(in_points(adjusted_wald(each.counts)).low, each.adjusted.low, printed);
        EXPECT_NEAR(in_points(adjusted_wald(each.counts)).high, each.adjusted.high, printed);
        EXPECT_NEAR(in_points(nps_tango(each.counts)).low, each.score.low, printed);
        EXPECT_NEAR(in_points(nps_tango(each.counts)).high, each.score.high, printed);
    }
}

/// Exact coverage: the probability, over all outcomes of n answers, that the interval holds the
/// true score.
template <typename Method>
double coverage(int n, double promoter, double passive, double detractor, Method method) {
    const double truth = promoter - detractor;
    double covered = 0;
    for (int p = 0; p <= n; ++p) {
        for (int d = 0; p + d <= n; ++d) {
            const int m = n - p - d;
            const double log_probability =
                std::lgamma(n + 1) - std::lgamma(p + 1) - std::lgamma(m + 1) - std::lgamma(d + 1) +
                p * std::log(promoter) + m * std::log(passive) + d * std::log(detractor);
            const Interval interval = method(NpsCounts{static_cast<std::uint64_t>(p),
                                                       static_cast<std::uint64_t>(m),
                                                       static_cast<std::uint64_t>(d)});
            if (interval.low <= truth && truth <= interval.high) {
                covered += std::exp(log_probability);
            }
        }
    }
    return covered;
}

TEST(Nps, ExactCoverage) {
    struct Case {
        int n = 0;
        double promoter = 0, passive = 0, detractor = 0;
        double wald = 0, adjusted = 0, score = 0;
    };

    const std::array<Case, 5> cases{{
        {5, .75, .20, .05, .7464, .8965, .9415},
        {10, .50, .30, .20, .8962, .9625, .9472},
        {10, .90, .08, .02, .6494, .9298, .9592},
        {20, .75, .20, .05, .9203, .9498, .9680},
        {40, .90, .08, .02, .8360, .9606, .9627},
    }};
    constexpr double printed = 5e-5;
    const auto score = [](const NpsCounts& counts) { return nps_tango(counts); };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.n);
        const auto under = [&](auto method) {
            return coverage(each.n, each.promoter, each.passive, each.detractor, method);
        };
        EXPECT_NEAR(under(wald), each.wald, printed);
        EXPECT_NEAR(under(adjusted_wald), each.adjusted, printed);
        EXPECT_NEAR(under(score), each.score, printed);
    }
}

TEST(Nps, AnswersNeeded) {
    EXPECT_NEAR(nps_answers_needed(0.05, 0.61), 937.316, 5e-4);
}

TEST(Nps, UsualVariance) {
    EXPECT_NEAR(nps_standard_error(NpsCounts{50, 30, 20}) * 10, 0.7810250, tolerance);
}

TEST(Nps, DifferenceOfTwoWaves) {
    const Difference difference = nps_difference(NpsCounts{70, 20, 10}, NpsCounts{50, 30, 20});
    EXPECT_NEAR(100 * difference.estimate, 30, tolerance);
    EXPECT_NEAR(100 * difference.standard_error, 10.246951, tolerance);
    EXPECT_NEAR(difference.statistic, 2.927700, tolerance);
    EXPECT_NEAR(difference.p_value, .0034148, 5e-8);
    EXPECT_TRUE(difference.beyond_chance());
}

TEST(Nps, DifferenceOfConstantsIsNotCertain) {
    const Difference difference = nps_difference(NpsCounts{2, 0, 0}, NpsCounts{0, 0, 2});
    EXPECT_EQ(difference.estimate, 2.0);
    EXPECT_EQ(difference.p_value, 1.0);
    EXPECT_LT(difference.interval.low, 1.5);
}

NpsCounts any_counts() {
    return NpsCounts{*rc::gen::inRange<std::uint64_t>(0, 200),
                     *rc::gen::inRange<std::uint64_t>(0, 200),
                     *rc::gen::inRange<std::uint64_t>(0, 200)};
}

RC_GTEST_PROP(Nps, ScoreIntervalHoldsTheEstimateInsideTheScaleAndIsSymmetric, ()) {
    const NpsCounts counts = any_counts();
    const Interval interval = nps_tango(counts);
    RC_ASSERT(-1 <= interval.low);
    RC_ASSERT(interval.low <= nps(counts));
    RC_ASSERT(nps(counts) <= interval.high);
    RC_ASSERT(interval.high <= 1);
    const Interval mirrored =
        nps_tango(NpsCounts{counts.detractors, counts.passives, counts.promoters});
    RC_ASSERT(std::abs(interval.low + mirrored.high) < 1e-9);
    RC_ASSERT(std::abs(interval.high + mirrored.low) < 1e-9);
}

RC_GTEST_PROP(Nps, MoreConfidenceIsWider, ()) {
    const NpsCounts counts = any_counts();
    const Interval narrow = nps_tango(counts, 0.8);
    const Interval wide = nps_tango(counts, 0.99);
    RC_ASSERT(wide.low <= narrow.low + 1e-12);
    RC_ASSERT(wide.high >= narrow.high - 1e-12);
}

}  // namespace
}  // namespace kokemus::stats
