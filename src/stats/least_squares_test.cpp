#include "stats/least_squares.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/oracle_test.h"

namespace kokemus::stats {
namespace {

constexpr double tolerance = 1e-6;

// R's data set "cars": speed and the distance to stop.
const std::vector<double> speed{4,  4,  7,  7,  8,  9,  10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13,
                                13, 13, 14, 14, 14, 14, 15, 15, 15, 16, 16, 17, 17, 17, 18, 18, 18,
                                18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23, 24, 24, 24, 24, 25};
const std::vector<double> distance{2,  10, 4,  22, 16, 10, 18, 26, 34, 17,  28, 14, 20,
                                   24, 28, 26, 34, 34, 46, 26, 36, 60, 80,  20, 26, 54,
                                   32, 40, 32, 40, 50, 42, 56, 76, 84, 36,  46, 68, 32,
                                   48, 52, 56, 64, 66, 54, 70, 92, 93, 120, 85};

Matrix cars() {
    Matrix design;
    for (const double each : speed) {
        design.add_row(std::array{1.0, each});
    }
    return design;
}

TEST(LeastSquares, TooLittleSaysNothing) {
    EXPECT_FALSE(least_squares(Matrix(), {}));
    EXPECT_FALSE(least_squares(Matrix::of(1, {1}), std::vector<double>{3}));
    EXPECT_FALSE(least_squares(Matrix::of(2, {1, 2, 1, 3}), std::vector<double>{3, 4}));
    EXPECT_FALSE(least_squares(Matrix::of(2, {1, 2, 1, 2, 1, 2}), std::vector<double>{3, 4, 5}));
    const std::vector<std::uint64_t> one_cluster(3, 7);
    EXPECT_FALSE(least_squares(
        Matrix::of(1, {1, 1, 1}), std::vector<double>{3, 4, 5}, Errors::Clustered, one_cluster));
    EXPECT_FALSE(
        least_squares(Matrix::of(1, {1, 1, 1}), std::vector<double>{3, 4, 5}, Errors::Clustered));
}

TEST(LeastSquares, WhatDoesNotVaryIsExplainedByItsMean) {
    const auto fit = least_squares(Matrix::of(1, {1, 1, 1}), std::vector<double>{4, 4, 4});
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->coefficients[0], 4, 1e-12);
    EXPECT_EQ(fit->r_squared, 0.0);
}

TEST(LeastSquares, ConstantAloneIsTheMeanWithItsError) {
    const auto fit = least_squares(Matrix::of(1, {1, 1, 1, 1}), std::vector<double>{2, 4, 4, 6});
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->coefficients[0], 4, 1e-12);
    EXPECT_NEAR(fit->error(0), std::sqrt(8.0 / 3 / 4), 1e-12);
    EXPECT_EQ(fit->freedom, 3.0);
}

TEST(LeastSquares, AgreesWithR) {
    const Oracle oracle("drivers.csv");
    std::vector<std::uint64_t> clusters;
    for (std::size_t i = 0; i < speed.size(); ++i) {
        clusters.push_back(i % 7);
    }
    for (const auto& [errors, name] : {std::pair{Errors::Usual, "usual"},
                                       std::pair{Errors::Hc3, "hc3"},
                                       std::pair{Errors::Clustered, "clustered"}}) {
        const auto fit = least_squares(cars(), distance, errors, clusters);
        ASSERT_TRUE(fit);
        EXPECT_NEAR(fit->coefficients[0], oracle["cars.constant"], tolerance);
        EXPECT_NEAR(fit->coefficients[1], oracle["cars.speed"], tolerance);
        EXPECT_NEAR(fit->r_squared, oracle["cars.r2"], tolerance);
        EXPECT_NEAR(fit->error(0), oracle[std::string("cars.") + name + ".constant"], tolerance);
        EXPECT_NEAR(fit->error(1), oracle[std::string("cars.") + name + ".speed"], tolerance);
    }
    const auto fit = least_squares(cars(), distance);
    EXPECT_NEAR(fit->interval(1).low, oracle["cars.low"], tolerance);
    EXPECT_NEAR(fit->interval(1).high, oracle["cars.high"], tolerance);
    EXPECT_NEAR(fit->p_value(1) / oracle["cars.p"], 1, 1e-6);
}

TEST(LeastSquares, AnswersRepeatedByOneCustomerAreNotNews) {
    // Each answer four times: the usual error halves, the clustered one does not.
    Matrix design;
    std::vector<double> y;
    std::vector<std::uint64_t> customers;
    for (int again = 0; again < 4; ++again) {
        for (std::size_t i = 0; i < speed.size(); ++i) {
            design.add_row(std::array{1.0, speed[i]});
            y.push_back(distance[i]);
            customers.push_back(i);
        }
    }
    const double once = least_squares(cars(), distance)->error(1);
    EXPECT_NEAR(least_squares(design, y)->error(1) / once, .5, .01);
    EXPECT_GT(least_squares(design, y, Errors::Clustered, customers)->error(1) / once, .9);
}

RC_GTEST_PROP(LeastSquares, ResidualsAreAtRightAnglesToTheColumns, ()) {
    const auto rows = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(-50, 50), rc::gen::inRange(-50, 50)));
    Matrix design;
    std::vector<double> y;
    for (const auto& [x, answer] : rows) {
        design.add_row(std::array{1.0, static_cast<double>(x)});
        y.push_back(answer);
    }
    const auto fit = least_squares(design, y);
    if (!fit) {
        return;
    }
    double against_one = 0;
    double against_x = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
        against_one += fit->residuals[i];
        against_x += fit->residuals[i] * design(i, 1);
    }
    RC_ASSERT(std::abs(against_one) < 1e-6);
    RC_ASSERT(std::abs(against_x) < 1e-6);
    RC_ASSERT(fit->r_squared > -1e-9 && fit->r_squared < 1 + 1e-9);
}

}  // namespace
}  // namespace kokemus::stats
