#include "stats/weighting.h"

#include <array>
#include <cmath>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::stats {
namespace {

constexpr double tolerance = 1e-6;

TEST(Weighting, NothingSaysNothing) {
    EXPECT_EQ(weight_cost({}).effective_n, 0.0);
    EXPECT_FALSE(weighted_mean({}, {}));
    EXPECT_FALSE(weighted_mean(std::vector<double>{3}, std::vector<double>{0}));
    EXPECT_FALSE(post_stratified({}));
    EXPECT_FALSE(rake({}));
    EXPECT_FALSE(rake(std::vector<Margin>{{{}, {1}}}));
}

TEST(Weighting, EqualWeightsCostNothing) {
    const std::vector<double> weights(40, 2.5);
    EXPECT_NEAR(weight_cost(weights).design_effect, 1, 1e-12);
    EXPECT_NEAR(weight_cost(weights).effective_n, 40, 1e-12);
    const std::vector<double> values{2, 4, 4, 6};
    const auto mean = weighted_mean(values, std::vector<double>(4, 7));
    EXPECT_NEAR(mean->mean, 4, 1e-12);
    EXPECT_NEAR(mean->standard_error, std::sqrt(8.0) / 4, 1e-12);
}

// methods.md a7.2
const std::vector<Stratum> strata{{4000, 40, 6, 2},
                                  {3000, 60, 7, 1.5},
                                  {2000, 80, 8.5, 1},
                                  {1000, 20, 9, 1}};

TEST(Weighting, GoldenPostStratification) {
    const auto found = post_stratified(strata);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->mean, 7.1, tolerance);
    EXPECT_NEAR(found->standard_error, .141836, tolerance);
    EXPECT_NEAR(found->effective_n, 153.846, 5e-4);
    std::vector<double> weights;
    double raw = 0;
    for (const Stratum& each : strata) {
        weights.insert(
            weights.end(), static_cast<std::size_t>(each.answers), each.population / each.answers);
        raw += each.answers * each.mean / 200;
    }
    EXPECT_NEAR(raw, 7.6, tolerance);
    EXPECT_NEAR(weight_cost(weights).design_effect, 1.3, tolerance);
    EXPECT_NEAR(weight_cost(weights).effective_n, 153.846, 5e-4);
}

TEST(Weighting, APartWithoutAnswersIsNotMadeUp) {
    std::vector<Stratum> hole = strata;
    hole[2].answers = 0;
    EXPECT_FALSE(post_stratified(hole));
    hole[2].population = 0;
    EXPECT_TRUE(post_stratified(hole));
}

TEST(Weighting, WhoAskedEverybodyHasNoError) {
    EXPECT_EQ(post_stratified(std::vector<Stratum>{{10, 10, 7, 2}})->standard_error, 0.0);
}

/// methods.md a7.3: two rows and two columns of 30, 70, 60, 40 answers.
struct Square {
    std::vector<Margin> margins{{{}, {100, 100}}, {{}, {120, 80}}};
    std::vector<double> answers;
    std::array<std::size_t, 4> first_of{};

    Square() {
        const std::array<std::size_t, 4> counts{30, 70, 60, 40};
        const std::array<double, 4> means{6, 8, 7, 9};
        for (std::size_t cell = 0; cell < 4; ++cell) {
            first_of[cell] = answers.size();
            for (std::size_t i = 0; i < counts[cell]; ++i) {
                margins[0].categories.push_back(static_cast<std::uint32_t>(cell / 2));
                margins[1].categories.push_back(static_cast<std::uint32_t>(cell % 2));
                answers.push_back(means[cell]);
            }
        }
    }
};

TEST(Raking, Golden) {
    const Square square;
    const auto raked = rake(square.margins);
    ASSERT_TRUE(raked);
    const std::array<double, 4> weights{1.516611, .778595, 1.241694, .637459};
    for (std::size_t cell = 0; cell < 4; ++cell) {
        EXPECT_NEAR(raked->weights[square.first_of[cell]], weights[cell], tolerance) << cell;
    }
    EXPECT_NEAR(30 * raked->weights[0], 45.498344, tolerance * 30);
    EXPECT_EQ(raked->trimmed, 0U);
    EXPECT_LE(raked->worst_error, 1e-10);
    const std::vector<double> ones(square.answers.size(), 1);
    EXPECT_NEAR(weighted_mean(square.answers, ones)->mean, 7.6, tolerance);
    EXPECT_NEAR(weighted_mean(square.answers, raked->weights)->mean, 7.3, tolerance);
}

TEST(Raking, RefusesWhatCannotBe) {
    Square square;
    square.margins[1].targets = {120, 60, 20};  // nobody of the third answered
    EXPECT_FALSE(rake(square.margins));
    square.margins[1].targets = {200};  // answers of a second category
    EXPECT_FALSE(rake(square.margins));
    square.margins[1].categories.pop_back();
    EXPECT_FALSE(rake(square.margins));
}

TEST(Raking, TotalsNeedNotAgreeAndAnEmptyCategoryTakesItsAnswersOut) {
    Square square;
    square.margins[1].targets = {12, 8};
    EXPECT_NEAR(rake(square.margins)->weights[0], 1.516611, tolerance);
    square.margins = {{square.margins[0].categories, {100, 0}}};
    const auto raked = rake(square.margins);
    ASSERT_TRUE(raked);
    EXPECT_EQ(raked->weights.back(), 0.0);
    EXPECT_NEAR(raked->weights.front(), 1, tolerance);
}

TEST(Raking, ALoneAnswerDoesNotSpeakForAThousand) {
    // One answer of a half of the population beside 99 of the other half.
    Margin margin{std::vector<std::uint32_t>(100, 0), {1000, 1000}};
    margin.categories[7] = 1;
    const std::vector<Margin> margins{margin};
    const auto whole = rake(margins, {1e-10, 1000, 0});
    EXPECT_NEAR(whole->weights[7], 1000, 1e-6);
    const auto trimmed = rake(margins);
    ASSERT_TRUE(trimmed);
    EXPECT_EQ(trimmed->trimmed, 1U);
    EXPECT_NEAR(trimmed->weights[7] / trimmed->weights[0], 5, 1e-6);
    EXPECT_NEAR(std::accumulate(trimmed->weights.begin(), trimmed->weights.end(), 0.0), 2000, 1e-6);
    EXPECT_NEAR(trimmed->worst_error, .5 - 5 / 104.0, 1e-6);
    EXPECT_LT(trimmed->cost.design_effect, whole->cost.design_effect);
}

TEST(Raking, WeightsStandWhereMostAnswersAreOfACategoryThatNobodyHas) {
    const Margin margin{{0, 0, 0, 1, 1}, {0, 100}};
    const auto raked = rake(std::vector{margin});
    ASSERT_TRUE(raked);
    EXPECT_THAT(raked->weights, ::testing::ElementsAre(0, 0, 0, 50, 50));
}

TEST(Weighting, OneAnswerIsNoCertainty) {
    EXPECT_FALSE(weighted_mean(std::vector{9.0}, std::vector{2.0}));
    EXPECT_FALSE(weighted_mean(std::vector{9.0, 3.0}, std::vector{2.0, 0.0}));
    EXPECT_FALSE(post_stratified(std::vector<Stratum>{{1000, 1, 9, 0}, {1000, 50, 8, 1}}));
    EXPECT_TRUE(post_stratified(std::vector<Stratum>{{1, 1, 9, 0}, {1000, 50, 8, 1}}))
        << "who is all of a part answered for all of it";
}

RC_GTEST_PROP(Raking, MarginsHoldAndAnswersOfOneCellAreAlike, ()) {
    std::vector<Margin> margins(2);
    const auto cells = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 3), rc::gen::inRange(0, 2)));
    // Each cell once at least, so that every target can be met.
    for (std::uint32_t row = 0; row < 3; ++row) {
        for (std::uint32_t column = 0; column < 2; ++column) {
            margins[0].categories.push_back(row);
            margins[1].categories.push_back(column);
        }
    }
    for (const auto& [row, column] : cells) {
        margins[0].categories.push_back(static_cast<std::uint32_t>(row));
        margins[1].categories.push_back(static_cast<std::uint32_t>(column));
    }
    for (int i = 0; i < 3; ++i) {
        margins[0].targets.push_back(*rc::gen::inRange(1, 100));
    }
    margins[1].targets = {60, 40};
    const auto raked = rake(margins, {1e-9, 10'000, 0});
    RC_ASSERT(raked.has_value());
    RC_ASSERT(raked->worst_error <= 1e-9);
    for (std::size_t i = 6; i < raked->weights.size(); ++i) {
        const std::size_t cell = margins[0].categories[i] * 2 + margins[1].categories[i];
        RC_ASSERT(std::abs(raked->weights[i] / raked->weights[cell] - 1) < 1e-9);
    }
}

}  // namespace
}  // namespace kokemus::stats
