#include "stats/interrupted_series.h"

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/oracle_test.h"

namespace kokemus::stats {
namespace {

const std::vector<double> golden{20.3, 20.6, 20.9, 20.4, 20.7, 21.3, 21.6, 21.2,
                                 21.5, 22.1, 22.3, 21.9, 19.2, 19.0, 18.5, 18.7,
                                 18.9, 18.2, 17.6, 17.8, 17.3, 16.8, 17.0, 16.9};

TEST(InterruptedSeries, TooShortOnEitherSide) {
    const std::vector<double> series(12, 1.0);
    EXPECT_FALSE(interrupted_series({}, 0).has_value());
    EXPECT_FALSE(interrupted_series(series, 2).has_value());
    EXPECT_FALSE(interrupted_series(series, 10).has_value());
    EXPECT_FALSE(interrupted_series(series, 13).has_value());
    ASSERT_TRUE(interrupted_series(series, 6).has_value());
    EXPECT_FALSE(interrupted_series(series, 6)->enough);
    EXPECT_TRUE(interrupted_series(std::vector<double>(16, 1.0), 8)->enough);
}

TEST(InterruptedSeries, GoldenWithLagThree) {
    const auto fit = interrupted_series(golden, 12, 3);
    ASSERT_TRUE(fit.has_value());
    const std::array coefficients{20.12878788, .16993007, -2.67400932, -.40104895};
    const std::array usual{.16900184, .02296283, .22537911, .03247434};
    const std::array newey_west{.09389717, .01286982, .11930014, .02043053};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_NEAR(fit->coefficients[i], coefficients[i], 1e-6) << i;
        EXPECT_NEAR(fit->usual_errors[i], usual[i], 1e-6) << i;
        EXPECT_NEAR(fit->newey_west_errors[i], newey_west[i], 1e-6) << i;
    }
    EXPECT_TRUE(fit->enough);
    const Estimate effect = fit->effect_at(24);
    EXPECT_NEAR(effect.estimate, -7.486597, 1e-6);
    // Newey and West's error of it, .249841, is the smaller one here and is not believed.
    const Matrix& covariance = fit->newey_west_covariance;
    EXPECT_NEAR(std::sqrt(covariance(2, 2) + 24 * covariance(2, 3) + 144 * covariance(3, 3)),
                .249841,
                1e-6);
    const Matrix& plain = fit->usual_covariance;
    EXPECT_NEAR(fit->effect_error_at(24),
                std::sqrt(plain(2, 2) + 24 * plain(2, 3) + 144 * plain(3, 3)),
                1e-12);
    EXPECT_GT(fit->effect_error_at(24), .249841);
    const double half = two_sided_t(.95, 20) * fit->effect_error_at(24);
    EXPECT_NEAR(effect.interval.high, effect.estimate + half, 1e-12);
}

TEST(InterruptedSeries, UsualLag) {
    EXPECT_EQ(newey_west_lag(24), 2U);
    EXPECT_EQ(newey_west_lag(100), 4U);
    EXPECT_EQ(newey_west_lag(0), 0U);
    EXPECT_EQ(interrupted_series(golden, 12)->lag, 2U);
}

TEST(InterruptedSeries, NeweyWestAsR) {
    const Oracle oracle("verdicts.csv");
    const auto fit = interrupted_series(golden, 9, 5);
    ASSERT_TRUE(fit.has_value());
    for (std::size_t i = 0; i < 4; ++i) {
        const std::string name = "segmented" + std::to_string(i);
        EXPECT_NEAR(fit->coefficients[i], oracle[name + ".coefficient"], 1e-9);
        EXPECT_NEAR(fit->usual_errors[i], oracle[name + ".error"], 1e-9);
        EXPECT_NEAR(fit->newey_west_errors[i], oracle[name + ".newey"], 1e-9);
    }
}

RC_GTEST_PROP(InterruptedSeries, ALineThatGoesOnHasNoEffect, ()) {
    const double level = *rc::gen::inRange(-50, 50) / 4.0;
    const double slope = *rc::gen::inRange(-50, 50) / 40.0;
    std::vector<double> series;
    for (int t = 1; t <= 30; ++t) {
        series.push_back(level + slope * t);
    }
    const auto fit = interrupted_series(series, *rc::gen::inRange<std::size_t>(3, 27));
    RC_ASSERT(fit.has_value());
    RC_ASSERT(std::abs(fit->effect_at(30).estimate) < 1e-8);
    RC_ASSERT(std::abs(fit->coefficients[InterruptedSeries::Slope] - slope) < 1e-8);
}

}  // namespace
}  // namespace kokemus::stats
