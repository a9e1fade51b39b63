#include "stats/importance.h"

#include <array>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/oracle_test.h"
#include "stats/swiss_test.h"

namespace kokemus::stats {
namespace {

constexpr double tolerance = 1e-6;

Correlations tiny() {
    Correlations correlations;
    correlations.n = 100;
    correlations.among = Matrix::of(3, {1, .6, .3, .6, 1, .4, .3, .4, 1});
    correlations.with_outcome = {.5, .55, .2};
    return correlations;
}

void expect_shares(const Importance& importance, const std::vector<double>& shares,
                   double within = tolerance) {
    ASSERT_EQ(importance.shares.size(), shares.size());
    for (std::size_t i = 0; i < shares.size(); ++i) {
        EXPECT_NEAR(importance.shares[i], shares[i], within) << i;
    }
}

TEST(Importance, NoneAndOneFactor) {
    EXPECT_EQ(all_subsets_importance(Correlations())->r_squared, 0.0);
    EXPECT_EQ(relative_weights(Correlations()).r_squared, 0.0);
    Correlations one;
    one.among = Matrix::of(1, {1});
    one.with_outcome = {-.5};
    expect_shares(*all_subsets_importance(one), {.25});
    expect_shares(relative_weights(one), {.25});
}

TEST(Importance, TooManyFactorsForAllSubsets) {
    Correlations many;
    many.among = Matrix(all_subsets_max + 1, all_subsets_max + 1);
    for (std::size_t i = 0; i <= all_subsets_max; ++i) {
        many.among(i, i) = 1;
    }
    many.with_outcome.assign(all_subsets_max + 1, .1);
    EXPECT_FALSE(all_subsets_importance(many));
    EXPECT_NEAR(relative_weights(many).r_squared, .16, tolerance);
}

TEST(Importance, FactorsThatDoNotGoTogetherHaveTheirSquaredCorrelations) {
    Correlations apart;
    apart.among = Matrix::of(3, {1, 0, 0, 0, 1, 0, 0, 0, 1});
    apart.with_outcome = {.5, -.3, 0};
    expect_shares(*all_subsets_importance(apart), {.25, .09, 0}, 1e-12);
    expect_shares(relative_weights(apart), {.25, .09, 0}, 1e-12);
}

TEST(Importance, AFactorTwiceSharesWithItself) {
    Correlations twice;
    twice.among = Matrix::of(2, {1, 1, 1, 1});
    twice.with_outcome = {.6, .6};
    expect_shares(*all_subsets_importance(twice), {.18, .18}, 1e-9);
    expect_shares(relative_weights(twice), {.18, .18}, 1e-9);
    EXPECT_FALSE(standardised_coefficients(twice));
    // As one factor of two columns it has all.
    const std::vector<std::size_t> widths{2};
    expect_shares(*all_subsets_importance(twice, widths), {.36}, 1e-9);
}

TEST(Importance, GoldenOfThree) {
    const auto lmg = all_subsets_importance(tiny());
    ASSERT_TRUE(lmg);
    EXPECT_NEAR(lmg->r_squared, .34920412, 1e-8);
    expect_shares(*lmg, {.14172656, .19309103, .01438653}, 1e-8);
    expect_shares(relative_weights(tiny()), {.14349838, .19162342, .01408232}, 1e-8);
    const auto coefficients = standardised_coefficients(tiny());
    ASSERT_TRUE(coefficients);
    EXPECT_NEAR((*coefficients)[0], .26966292, 1e-8);
    EXPECT_NEAR((*coefficients)[1], .40543071, 1e-8);
    EXPECT_NEAR((*coefficients)[2], -.04307116, 1e-8);
}

TEST(Importance, GoldenSwiss) {
    const auto correlations = swiss().correlations();
    ASSERT_TRUE(correlations);
    const auto lmg = all_subsets_importance(*correlations);
    ASSERT_TRUE(lmg);
    EXPECT_NEAR(lmg->r_squared, .7067350, 1e-7);
    expect_shares(*lmg, {.0570912, .1711730, .2601347, .1055702, .1127659}, 1e-7);
    const Importance johnson = relative_weights(*correlations);
    EXPECT_NEAR(johnson.r_squared, .7067350, 1e-7);
    expect_shares(johnson, {.0484169, .1547082, .2719641, .1146800, .1169657}, 1e-7);
}

TEST(Importance, AgreesWithROverAllOrders) {
    const Oracle oracle("drivers.csv");
    const auto correlations = swiss().correlations();
    ASSERT_TRUE(correlations);
    const auto alone = all_subsets_importance(*correlations);
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_NEAR(alone->shares[i], oracle["swiss.lmg" + std::to_string(i + 1)], 1e-9);
    }
    const std::vector<std::size_t> widths{1, 2, 2};
    const auto together = all_subsets_importance(*correlations, widths);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(together->shares[i], oracle["swiss.owen" + std::to_string(i + 1)], 1e-9);
    }
    EXPECT_NEAR(adjusted_r_squared(alone->r_squared, 47, 5), oracle["swiss.adjusted"], 1e-9);
    EXPECT_EQ(adjusted_r_squared(.9, 6, 5), 0.0);
}

RC_GTEST_PROP(Importance, SharesSumToRSquaredAndFollowTheFactorsWhenTheyAreSwapped, ()) {
    const auto numbers = *rc::gen::container<std::vector<int>>(12 * 5, rc::gen::inRange(-9, 10));
    FactorSums sums(4);
    FactorSums swapped(4);
    for (std::size_t row = 0; row < 12; ++row) {
        std::array<double, 5> values{};
        for (std::size_t i = 0; i < 5; ++i) {
            values[i] = numbers[row * 5 + i];
        }
        sums.add(row, values);
        std::swap(values[0], values[3]);
        swapped.add(row, values);
    }
    const auto correlations = sums.correlations();
    if (!correlations) {
        return;
    }
    const auto lmg = all_subsets_importance(*correlations);
    const auto other = all_subsets_importance(*swapped.correlations());
    const double total = std::accumulate(lmg->shares.begin(), lmg->shares.end(), 0.0);
    RC_ASSERT(std::abs(total - lmg->r_squared) < 1e-6);
    RC_ASSERT(std::abs(lmg->shares[0] - other->shares[3]) < 1e-6);
    RC_ASSERT(std::abs(lmg->shares[1] - other->shares[1]) < 1e-6);
    RC_ASSERT(std::abs(relative_weights(*correlations).r_squared - lmg->r_squared) < 1e-6);
}

}  // namespace
}  // namespace kokemus::stats
