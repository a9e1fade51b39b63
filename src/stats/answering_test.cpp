#include "stats/answering.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

TEST(Answering, NothingSaysNothing) {
    EXPECT_FALSE(hajek_mean({}));
    EXPECT_FALSE(corrected_mean({}));
    EXPECT_EQ(hardly_reached({}), 0.0);
    const std::vector<Answering> silent{{.5, false, 0, 3}, {.5, false, 0, 3}};
    EXPECT_FALSE(hajek_mean(silent));
    EXPECT_FALSE(corrected_mean(silent));
}

TEST(Answering, Golden) {
    // methods.md a7.4 and 5
    const std::vector<Answering> toy{
        {.5, true, 8, 7.5}, {.25, true, 4, 5}, {.2, false, 0, 4}, {.8, true, 9, 8.5}};
    EXPECT_NEAR(hajek_mean(toy)->mean, 5.965517, 1e-6);
    EXPECT_NEAR(corrected_mean(toy)->mean, 5.65625, 1e-6);
    // The terms are 8.5, 1, 4 and 9.125.
    EXPECT_NEAR(corrected_mean(toy)->standard_error, 3.8532657 / 2, 1e-6);
    EXPECT_NEAR(hardly_reached(toy, .25), .25, 1e-12);
}

TEST(Answering, WhenAllAnswerItIsTheMean) {
    const std::vector<Answering> all{{1, true, 3, 9}, {1, true, 5, -2}};
    EXPECT_NEAR(hajek_mean(all)->mean, 4, 1e-12);
    EXPECT_NEAR(corrected_mean(all)->mean, 4, 1e-12);
}

/// Everybody lived through something bad or not; the unhappy answer more often.
struct Population {
    Matrix design;
    std::vector<std::uint8_t> answered;
    std::vector<double> answers;
    std::vector<std::uint32_t> folds;
    double truth = 0;
    double naive = 0;

    explicit Population(std::uint64_t seed, std::size_t size) {
        Random random(seed);
        double said = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const double wait = random.normal();
            const double repeat = random.chance(.3) ? 1 : 0;
            const double score = 7 - .8 * wait - repeat + random.normal(0, 1.5);
            const double odds = std::exp(-2 + .6 * wait + .7 * repeat);
            design.add_row(std::array{1.0, wait, repeat});
            answered.push_back(random.chance(odds / (1 + odds)) ? 1 : 0);
            answers.push_back(answered.back() != 0 ? score : std::nan(""));
            folds.push_back(static_cast<std::uint32_t>(i % 5));
            truth += score / static_cast<double>(size);
            if (answered.back() != 0) {
                said += 1;
                naive += score;
            }
        }
        naive /= said;
    }
};

TEST(Answering, BringsTheMeanBackWhereTheUnhappyAnswerMore) {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        const Population all(seed, 10'000);
        const auto fitted = cross_fitted({all.design, all.answered, all.answers, all.folds});
        ASSERT_TRUE(fitted);
        EXPECT_LT(all.naive, all.truth - .2) << seed;
        const auto hajek = hajek_mean(*fitted);
        const auto corrected = corrected_mean(*fitted);
        EXPECT_NEAR(hajek->mean, all.truth, 4 * hajek->standard_error) << seed;
        EXPECT_NEAR(corrected->mean, all.truth, 4 * corrected->standard_error) << seed;
        EXPECT_LT(corrected->standard_error, hajek->standard_error * 1.05) << seed;
    }
}

TEST(Answering, IntervalHoldsTheExpectationAsOftenAsSaid) {
    // Expectation of the score: 7 - 0.3.
    int held = 0;
    constexpr int rounds = 200;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        const Population all(1000 + round, 500);
        const auto fitted = cross_fitted({all.design, all.answered, all.answers, all.folds});
        ASSERT_TRUE(fitted);
        const Interval interval = corrected_mean(*fitted)->interval();
        held += interval.low <= 6.7 && 6.7 <= interval.high ? 1 : 0;
    }
    EXPECT_GT(held, rounds * .90);
}

TEST(Answering, FoldsThatCannotBePredictedAreRefused) {
    const Matrix design = Matrix::of(1, {1, 1, 1});
    const std::vector<std::uint8_t> answered{1, 0, 0};
    const std::vector<double> answers{5, 0, 0};
    const std::vector<std::uint32_t> folds{0, 1, 1};
    EXPECT_FALSE(cross_fitted({design, answered, answers, folds}));
    EXPECT_FALSE(cross_fitted({design, answered, answers, std::vector<std::uint32_t>{0}}));
}

}  // namespace
}  // namespace kokemus::stats
