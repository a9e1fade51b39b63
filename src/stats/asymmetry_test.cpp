#include "stats/asymmetry.h"

#include <array>

#include <gtest/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

constexpr double tolerance = 1e-6;

// methods.md b3: all combinations of three factors (reliability, speed, surprise) at -1, 0 and 1.
const std::vector<double> overall{4.5, 4.6, 5.9, 5.5, 5.6, 6.7, 6.1, 6.2, 7.5,
                                  6.2, 6.3, 7.4, 6.8, 6.9, 8.2, 7.8, 7.9, 9.0,
                                  6.2, 6.3, 7.6, 7.2, 7.3, 8.4, 7.8, 7.9, 9.2};

Matrix combinations() {
    Matrix levels;
    for (const double reliability : {-1.0, 0.0, 1.0}) {
        for (const double speed : {-1.0, 0.0, 1.0}) {
            for (const double surprise : {-1.0, 0.0, 1.0}) {
                levels.add_row(std::array{reliability, speed, surprise});
            }
        }
    }
    return levels;
}

TEST(PenaltyReward, TooLittleSaysNothing) {
    EXPECT_FALSE(penalty_reward(Matrix(), {}));
    const Matrix never_low = Matrix::of(1, {0, 0, 1, 1, 0});
    EXPECT_FALSE(penalty_reward(never_low, std::vector<double>{1, 2, 3, 4, 5}));
}

TEST(PenaltyReward, Golden) {
    const auto usual = penalty_reward(combinations(), overall, {Errors::Usual, {}, 1});
    ASSERT_TRUE(usual);
    const std::array<double, 3> penalties{-1.544444, -.844444, -.1};
    const std::array<double, 3> rewards{.155556, .755556, 1.211111};
    const std::array<double, 3> asymmetries{-.8170, -.0556, .8475};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR((*usual)[i].penalty, penalties[i], tolerance) << i;
        EXPECT_NEAR((*usual)[i].reward, rewards[i], tolerance) << i;
        EXPECT_NEAR((*usual)[i].asymmetry, asymmetries[i], 5e-5) << i;
        EXPECT_NEAR((*usual)[i].penalty_error, .041376, tolerance) << i;
        EXPECT_NEAR((*usual)[i].reward_error, .041376, tolerance) << i;
    }
    const auto hc3 = penalty_reward(combinations(), overall);
    const std::array<double, 6> errors{.051854, .051854, .051854, .051854, .057349, .042687};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR((*hc3)[i].penalty_error, errors[2 * i], tolerance) << i;
        EXPECT_NEAR((*hc3)[i].reward_error, errors[2 * i + 1], tolerance) << i;
    }
    EXPECT_TRUE((*hc3)[0].one_sided());
    EXPECT_FALSE((*hc3)[1].one_sided());
    EXPECT_TRUE((*hc3)[2].one_sided());
}

TEST(PenaltyReward, IntervalWidensWithNoiseAndKeepsItsSeed) {
    Random random(4);
    std::vector<double> noisy = overall;
    for (double& each : noisy) {
        each += random.normal(0, 1);
    }
    const auto one = penalty_reward(combinations(), noisy, {Errors::Hc3, {}, 7});
    const auto same = penalty_reward(combinations(), noisy, {Errors::Hc3, {}, 7});
    EXPECT_EQ((*one)[0].asymmetry_interval.low, (*same)[0].asymmetry_interval.low);
    const auto calm = penalty_reward(combinations(), overall, {Errors::Hc3, {}, 7});
    const auto width = [](const PenaltyReward& factor) {
        return factor.asymmetry_interval.high - factor.asymmetry_interval.low;
    };
    EXPECT_GT(width((*one)[1]), 3 * width((*calm)[1]));
}

// methods.md d3
const std::vector<double> gaps{-4, -3, -2, -2, -1, -1, 0, 0, 0, 1, 1, 2, 2, 3, 4};
const std::vector<double>
    scores{1.8, 3.1, 4.4, 4.0, 5.9, 6.1, 7.2, 7.0, 7.3, 7.4, 7.6, 7.9, 7.8, 8.3, 8.6};

TEST(TwoSlopes, OneSideAloneSaysNothing) {
    EXPECT_FALSE(two_slopes({}, {}));
    EXPECT_FALSE(two_slopes(std::vector<double>{1, 2, 3, 4}, std::vector<double>{1, 2, 3, 4}));
    EXPECT_FALSE(two_slopes(std::vector<double>{-1, 1, 2}, std::vector<double>{1, 2, 3}));
}

TEST(TwoSlopes, Golden) {
    const auto found = two_slopes(gaps, scores);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->at_zero, 7.171123, tolerance);
    EXPECT_NEAR(found->gain, .356440, tolerance);
    EXPECT_NEAR(found->loss, 1.369274, tolerance);
    EXPECT_NEAR(found->gain_error, .041415, tolerance);
    EXPECT_NEAR(found->loss_error, .041415, tolerance);
    EXPECT_NEAR(found->r_squared, .993574, tolerance);
    ASSERT_TRUE(found->ratio);
    EXPECT_NEAR(*found->ratio, 3.841528, tolerance);
    EXPECT_NEAR(found->ratio_interval.low, 2.8736, 5e-5);
    EXPECT_NEAR(found->ratio_interval.high, 5.1354, 5e-5);
    EXPECT_NEAR(found->t, 14.240, 5e-4);
    EXPECT_NEAR(found->p_value, 7.03e-9, 5e-12);
}

TEST(TwoSlopes, RatioNeedsBothToRise) {
    std::vector<double> falling = scores;
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        falling[i] -= gaps[i] > 0 ? gaps[i] : 0;
    }
    const auto found = two_slopes(gaps, falling);
    ASSERT_TRUE(found);
    EXPECT_LT(found->gain, 0);
    EXPECT_FALSE(found->ratio);
}

TEST(TwoSlopes, CustomersWhoAnswerOftenWidenIt) {
    std::vector<double> often_gaps, often_scores;
    std::vector<std::uint64_t> customers;
    for (int again = 0; again < 5; ++again) {
        for (std::size_t i = 0; i < gaps.size(); ++i) {
            often_gaps.push_back(gaps[i]);
            often_scores.push_back(scores[i]);
            customers.push_back(i);
        }
    }
    const auto each = two_slopes(often_gaps, often_scores);
    const auto by_customer = two_slopes(often_gaps, often_scores, Errors::Clustered, customers);
    EXPECT_GT(by_customer->gain_error, 1.3 * each->gain_error);
}

}  // namespace
}  // namespace kokemus::stats
