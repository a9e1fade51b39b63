#include "stats/calibration.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

constexpr double tolerance = 1e-6;

// methods.md e8
const std::vector<double> predicted{.1, .2, .2, .3, .4, .5, .6, .7, .8, .9};
const std::vector<double> happened{0, 0, 1, 0, 0, 1, 1, 0, 1, 1};

TEST(Calibration, OneKindOfOutcomeSaysNothing) {
    EXPECT_FALSE(calibration({}, {}));
    EXPECT_FALSE(calibration(std::vector<double>{.5, .6}, std::vector<double>{1, 1}));
    EXPECT_FALSE(calibration(std::vector<double>{.5, .6}, std::vector<double>{0, 0}));
    EXPECT_FALSE(calibration(std::vector<double>{.5, .6}, std::vector<double>{0}));
    EXPECT_EQ(calibration_error({}, {}, {}), 0.0);
}

TEST(Calibration, PredictionsThatDoNotVaryHaveNoSlope) {
    const auto flat =
        calibration(std::vector<double>{.5, .5, .5, .5}, std::vector<double>{0, 1, 0, 1});
    ASSERT_TRUE(flat);
    EXPECT_FALSE(flat->slope);
    EXPECT_FALSE(flat->good());
    EXPECT_NEAR(flat->auc, .5, 1e-12);
    EXPECT_NEAR(flat->brier_skill, 0, 1e-12);
    EXPECT_NEAR(flat->in_the_large, 0, 1e-9);
}

TEST(Calibration, WhatIsToldWithoutFaultIsNotCalled) {
    const auto sure = calibration(std::vector<double>{0, 0, 1, 1}, std::vector<double>{0, 0, 1, 1});
    ASSERT_TRUE(sure);
    EXPECT_FALSE(sure->slope);
    EXPECT_NEAR(sure->auc, 1, 1e-12);
    EXPECT_EQ(sure->brier, 0.0);
}

TEST(Calibration, Golden) {
    const auto found = calibration(predicted, happened);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->brier, .189, tolerance);
    EXPECT_NEAR(found->brier_skill, .244, tolerance);
    EXPECT_NEAR(found->log_loss, .554189, tolerance);
    EXPECT_NEAR(found->auc, .78, tolerance);
    ASSERT_TRUE(found->slope && found->intercept);
    EXPECT_NEAR(*found->intercept, .157682, tolerance);
    EXPECT_NEAR(*found->slope, .962881, tolerance);
    EXPECT_NEAR(found->in_the_large, .165166, tolerance);
    EXPECT_TRUE(found->good());
    EXPECT_NEAR(
        calibration_error(predicted, happened, std::vector<double>{.35, .65}), .11, tolerance);
}

TEST(Calibration, SeesTooMuchConfidence) {
    Random random(2);
    std::vector<double> honest, loud, outcomes;
    for (int i = 0; i < 20'000; ++i) {
        const double odds = random.normal();
        const double p = 1 / (1 + std::exp(-odds));
        honest.push_back(p);
        loud.push_back(1 / (1 + std::exp(-2 * odds)));
        outcomes.push_back(random.chance(p) ? 1 : 0);
    }
    EXPECT_NEAR(*calibration(honest, outcomes)->slope, 1, .08);
    EXPECT_TRUE(calibration(honest, outcomes)->good());
    EXPECT_NEAR(*calibration(loud, outcomes)->slope, .5, .04);
    EXPECT_FALSE(calibration(loud, outcomes)->good());
}

TEST(Calibration, OfWhatIsNoNumberThereIsNone) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    EXPECT_FALSE(calibration(std::vector{.2, none, .7}, std::vector{0.0, 1.0, 1.0}));
}

}  // namespace
}  // namespace kokemus::stats
