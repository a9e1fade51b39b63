#include "stats/logistic.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"
#include "stats/oracle_test.h"

namespace kokemus::stats {
namespace {

constexpr double tolerance = 1e-6;

struct Subject {
    int periods = 0;
    bool event = false;
    double bad = 0;
};

// methods.md e8 and h1: twenty customers, how long they stayed, whether they left.
const std::vector<Subject> customers{
    {2, true, 1},   {3, true, 1},   {3, true, 1},   {5, false, 1}, {6, true, 1},
    {7, true, 1},   {8, true, 1},   {8, false, 1},  {9, true, 1},  {10, true, 1},
    {12, false, 0}, {12, false, 0}, {4, true, 0},   {5, false, 0}, {11, true, 0},
    {12, false, 0}, {12, false, 0}, {12, false, 0}, {7, false, 0}, {12, false, 0}};

struct Periods {
    Matrix design;
    std::vector<double> left;
};

Periods periods() {
    Periods all;
    for (const Subject& each : customers) {
        for (int period = 1; period <= each.periods; ++period) {
            all.design.add_row(std::array{1.0, std::log(period), each.bad});
            all.left.push_back(each.event && period == each.periods ? 1 : 0);
        }
    }
    return all;
}

TEST(Logistic, TooLittleSaysNothing) {
    EXPECT_FALSE(logistic(Matrix(), {}));
    EXPECT_FALSE(logistic(Matrix::of(1, {1}), std::vector<double>{1}));
    EXPECT_FALSE(logistic(Matrix::of(2, {1, 1, 1, 1, 1, 1}), std::vector<double>{0, 1, 0}));
    EXPECT_FALSE(logistic(Matrix::of(1, {1, 1, 1}), std::vector<double>{1, 1, 1}));
    EXPECT_FALSE(logistic(Matrix::of(1, {1, 1, 1}), std::vector<double>{0, 0, 0}));
}

TEST(Logistic, WhatIsToldWithoutFaultHasAFitWithARidgeOnly) {
    const Matrix design = Matrix::of(2, {1, -2, 1, -1, 1, 1, 1, 2});
    const std::vector<double> outcomes{0, 0, 1, 1};
    EXPECT_FALSE(logistic(design, outcomes));
    const auto held = logistic(design, outcomes, {Link::Logit, 1});
    ASSERT_TRUE(held);
    EXPECT_GT(held->coefficients[1], 0);
    EXPECT_GT(held->probability(std::array{1.0, 2.0}), .8);
}

TEST(Logistic, ConstantAloneIsTheShare) {
    const Matrix ones = Matrix::of(1, {1, 1, 1, 1});
    const std::vector<double> outcomes{1, 0, 0, 0};
    const auto fit = logistic(ones, outcomes);
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->coefficients[0], std::log(1.0 / 3), 1e-9);
    EXPECT_NEAR(fit->probability(std::array{1.0}), .25, 1e-9);
    const auto hazard = logistic(ones, outcomes, {Link::ComplementaryLogLog, 0});
    EXPECT_NEAR(hazard->probability(std::array{1.0}), .25, 1e-9);
    const std::vector<double> weights{3, 1, 1, 1};
    EXPECT_NEAR(logistic(ones, outcomes, {}, weights)->probability(std::array{1.0}), .5, 1e-9);
}

TEST(Logistic, GoldenHazards) {
    const Periods all = periods();
    ASSERT_EQ(all.left.size(), 160U);
    const auto logit = logistic(all.design, all.left);
    ASSERT_TRUE(logit);
    const std::array<double, 3> coefficients{-6.161773, 1.256106, 2.508697};
    const std::array<double, 3> errors{1.501543, .656147, .866179};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(logit->coefficients[i], coefficients[i], tolerance) << i;
        EXPECT_NEAR(logit->error(i), errors[i], tolerance) << i;
    }
    EXPECT_NEAR(logit->deviance, 62.18915, 5e-6);
    const auto hazard = logistic(all.design, all.left, {Link::ComplementaryLogLog, 0});
    ASSERT_TRUE(hazard);
    const std::array<double, 3> proportional{-6.115720, 1.225110, 2.417222};
    // The printed numbers stopped climbing a little early; R, told to go on, agrees with ours.
    const Oracle oracle("drivers.csv");
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(hazard->coefficients[i], proportional[i], 2e-5) << i;
        const double to_the_top = oracle["hazard.cloglog" + std::to_string(i + 1)];
        EXPECT_NEAR(hazard->coefficients[i], to_the_top, tolerance) << i;
    }
}

TEST(Logistic, AgreesWithROnWeightsAndShares) {
    const Oracle oracle("drivers.csv");
    const Matrix design = Matrix::of(2, {1, 0, 1, 1, 1, 2, 1, 3, 1, 4});
    const std::vector<double> shares{.1, .25, .2, .6, .7};
    const std::vector<double> n{10, 20, 30, 20, 10};
    const auto fit = logistic(design, shares, {}, n);
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->coefficients[0], oracle["dose.constant"], tolerance);
    EXPECT_NEAR(fit->coefficients[1], oracle["dose.slope"], tolerance);
    EXPECT_NEAR(fit->error(1), oracle["dose.error"], tolerance);
}

TEST(Logistic, FindsWhatWasPlanted) {
    Random random(3);
    Matrix design;
    std::vector<double> outcomes;
    for (int i = 0; i < 20'000; ++i) {
        const double x = random.normal();
        design.add_row(std::array{1.0, x});
        outcomes.push_back(random.chance(1 / (1 + std::exp(1 - .7 * x))) ? 1 : 0);
    }
    const auto fit = logistic(design, outcomes);
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->coefficients[0], -1, 4 * fit->error(0));
    EXPECT_NEAR(fit->coefficients[1], .7, 4 * fit->error(1));
}

RC_GTEST_PROP(Logistic, PredictedAndSeenAgreeInSum, ()) {
    // The score of the constant is 0 at the top: as many are predicted as were seen.
    const auto rows = *rc::gen::container<std::vector<std::pair<int, bool>>>(
        rc::gen::pair(rc::gen::inRange(-5, 6), rc::gen::arbitrary<bool>()));
    Matrix design;
    std::vector<double> outcomes;
    double seen = 0;
    for (const auto& [x, outcome] : rows) {
        design.add_row(std::array{1.0, static_cast<double>(x)});
        outcomes.push_back(outcome ? 1 : 0);
        seen += outcome ? 1 : 0;
    }
    const auto fit = logistic(design, outcomes, {Link::Logit, .1});
    if (!fit) {
        return;
    }
    double predicted = 0;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        predicted += fit->probability(design.row(i));
    }
    RC_ASSERT(std::abs(predicted - seen) < 1e-3);
}

}  // namespace
}  // namespace kokemus::stats
