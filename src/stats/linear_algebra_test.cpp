#include "stats/linear_algebra.h"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::stats {
namespace {

TEST(LinearAlgebra, NoneOneAndTooFewRows) {
    EXPECT_FALSE(inverse_of_positive(Matrix()));
    EXPECT_FALSE(nearest(Matrix(), {}));
    EXPECT_FALSE(nearest(Matrix::of(2, {1, 2}), std::vector<double>{1}));
    EXPECT_NEAR((*inverse_of_positive(Matrix::of(1, {4})))(0, 0), .25, 1e-15);
}

TEST(LinearAlgebra, RepeatedColumnsAreRefusedWhateverTheirUnit) {
    EXPECT_FALSE(inverse_of_positive(Matrix::of(2, {1, 2, 2, 4})));
    EXPECT_FALSE(inverse_of_positive(Matrix::of(2, {1, 0, 0, -1})));
    EXPECT_FALSE(nearest(Matrix::of(2, {1, 1e6, 2, 2e6, 3, 3e6}), std::vector<double>{1, 2, 3}));
    EXPECT_FALSE(nearest(Matrix::of(2, {1, 0, 2, 0, 3, 0}), std::vector<double>{1, 2, 3}));
    EXPECT_TRUE(inverse_of_positive(Matrix::of(2, {1e-12, 0, 0, 1e12})));
}

TEST(LinearAlgebra, NearestIsExactOnALine) {
    const auto fit = nearest(Matrix::of(2, {1, 0, 1, 1, 1, 2}), std::vector<double>{5, 7, 9});
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->coefficients[0], 5, 1e-12);
    EXPECT_NEAR(fit->coefficients[1], 2, 1e-12);
    EXPECT_NEAR(fit->leverages[0], 5.0 / 6, 1e-12);
    EXPECT_NEAR(fit->leverages[1], 1.0 / 3, 1e-12);
    EXPECT_NEAR(fit->inverse_cross(0, 1), -.5, 1e-12);
    EXPECT_NEAR(fit->inverse_cross(1, 1), .5, 1e-12);
}

TEST(LinearAlgebra, EigenvaluesOfAKnownMatrix) {
    const EigenPairs pairs = eigen_of_symmetric(Matrix::of(2, {2, 1, 1, 2}));
    EXPECT_NEAR(pairs.values[0], 1, 1e-12);
    EXPECT_NEAR(pairs.values[1], 3, 1e-12);
    EXPECT_NEAR(std::abs(pairs.vectors(0, 1)), std::sqrt(.5), 1e-12);
}

TEST(LinearAlgebra, SandwichOfUnequalSides) {
    const Matrix left = Matrix::of(2, {1, 2, 0, 1, 3, 0});
    const Matrix product = sandwich(left, Matrix::of(2, {2, 1, 1, 3}));
    EXPECT_EQ(product.rows(), 3U);
    EXPECT_NEAR(product(0, 0), 2 + 2 * 2 + 3 * 4, 1e-12);
    EXPECT_NEAR(product(0, 1), 1 + 2 * 3, 1e-12);
    EXPECT_NEAR(product(2, 2), 18, 1e-12);
}

RC_GTEST_PROP(LinearAlgebra, InverseTimesTheMatrixIsOne, ()) {
    const auto size = *rc::gen::inRange<std::size_t>(1, 6);
    const auto numbers =
        *rc::gen::container<std::vector<int>>(size * (size + 2), rc::gen::inRange(-9, 10));
    // Cross-products with a ridge are positive.
    Matrix positive(size, size);
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < size; ++j) {
            for (std::size_t k = 0; k < size + 2; ++k) {
                positive(i, j) += numbers[k * size + i] * numbers[k * size + j];
            }
            positive(i, j) += i == j ? 1 : 0;
        }
    }
    const auto inverse = inverse_of_positive(positive);
    RC_ASSERT(inverse.has_value());
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < size; ++j) {
            double sum = 0;
            for (std::size_t k = 0; k < size; ++k) {
                sum += positive(i, k) * (*inverse)(k, j);
            }
            RC_ASSERT(std::abs(sum - (i == j ? 1 : 0)) < 1e-8);
        }
    }
}

}  // namespace
}  // namespace kokemus::stats
