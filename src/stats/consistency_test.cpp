#include "stats/consistency.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "base/random.h"
#include "stats/oracle_test.h"

namespace kokemus::stats {
namespace {

constexpr double tolerance = 1e-6;

// methods.md a6: four shops
const std::vector<std::vector<double>> shops{{8, 9, 8, 9, 8},
                                             {7, 9, 5, 10, 6},
                                             {8, 8, 7, 8, 8},
                                             {6, 7, 6, 5, 7}};

std::vector<Moments> moments_of(const std::vector<std::vector<double>>& units) {
    std::vector<Moments> moments;
    for (const std::vector<double>& unit : units) {
        Moments one;
        for (const double value : unit) {
            one.add(value);
        }
        moments.push_back(one);
    }
    return moments;
}

TEST(Consistency, TooLittleSaysNothing) {
    EXPECT_FALSE(consistency({}));
    EXPECT_FALSE(consistency(moments_of({{1, 2, 3}})));
    EXPECT_FALSE(consistency(moments_of({{1}, {2}, {3}})));
    EXPECT_FALSE(consistency(moments_of({{1, 2, 3}, {}})));
    EXPECT_FALSE(consistency(moments_of({{5, 5}, {5, 5}})));
    EXPECT_FALSE(brown_forsythe({}));
    EXPECT_FALSE(brown_forsythe(std::vector<std::vector<double>>{{1, 1}, {2, 2}}));
    EXPECT_FALSE(brown_forsythe(std::vector<std::vector<double>>{{1, 2, 3}, {std::nan("")}}));
}

TEST(Consistency, UnitsThatAreAlwaysTheSame) {
    const auto same = consistency(moments_of({{5, 5}, {7, 7}}));
    ASSERT_TRUE(same);
    EXPECT_EQ(same->icc, 1.0);
    const auto none = consistency(moments_of({{1, 9}, {1, 9}, {9, 1}}));
    ASSERT_TRUE(none);
    EXPECT_EQ(none->between_variance, 0.0);
    EXPECT_EQ(none->icc, -1.0);
}

TEST(Consistency, Golden) {
    const auto found = consistency(moments_of(shops));
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->between_squares, 4.316667, tolerance);
    EXPECT_NEAR(found->within_squares, 1.375, tolerance);
    EXPECT_NEAR(found->between_variance, .588333, tolerance);
    EXPECT_NEAR(found->icc, .299660, tolerance);
    const std::array<double, 4> deviations{.547723, 2.073644, .447214, .836660};
    for (std::size_t i = 0; i < shops.size(); ++i) {
        EXPECT_NEAR(std::sqrt(moments_of(shops)[i].variance()), deviations[i], tolerance);
    }
    const auto spread = brown_forsythe(shops);
    ASSERT_TRUE(spread);
    EXPECT_NEAR(spread->f, 3.682540, tolerance);
    EXPECT_NEAR(spread->p_value, .034409, tolerance);
}

TEST(Consistency, AgreesWithR) {
    const Oracle oracle("league.csv");
    const std::vector<std::vector<double>> uneven{
        {8, 9, 8, 9}, {7, 9, 5, 10, 6, 2}, {8, 8}, {6, 7, 6}};
    const auto found = consistency(moments_of(uneven));
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->between_squares, oracle["uneven.msb"], tolerance);
    EXPECT_NEAR(found->within_squares, oracle["uneven.msw"], tolerance);
    EXPECT_NEAR(found->between_variance, oracle["uneven.between"], tolerance);
    EXPECT_NEAR(found->icc, oracle["uneven.icc"], tolerance);
    const auto spread = brown_forsythe(uneven);
    ASSERT_TRUE(spread);
    EXPECT_NEAR(spread->f, oracle["uneven.bf"], tolerance);
    EXPECT_NEAR(spread->p_value, oracle["uneven.bfp"], tolerance);
}

TEST(Consistency, IntervalHoldsTheTruthAsOftenAsSaid) {
    // ICC 0.2: units vary with variance 1, answers within them with variance 4.
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        Random random(seed);
        int held = 0;
        constexpr int rounds = 2000;
        for (int round = 0; round < rounds; ++round) {
            std::vector<Moments> units(12);
            for (Moments& unit : units) {
                const double centre = random.normal();
                for (int i = 0; i < 8; ++i) {
                    unit.add(random.normal(centre, 2));
                }
            }
            const Interval interval = consistency(units)->icc_interval;
            held += interval.low <= .2 && .2 <= interval.high ? 1 : 0;
        }
        EXPECT_NEAR(static_cast<double>(held) / rounds, .95, .017) << seed;
    }
}

}  // namespace
}  // namespace kokemus::stats
