#include "stats/bootstrap_interval.h"

#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

TEST(BootstrapInterval, TooLittleAndAllAlikeSayNothing) {
    EXPECT_FALSE(bca_interval({}, mean_of));
    EXPECT_FALSE(bca_interval(std::vector<double>{3}, mean_of));
    EXPECT_FALSE(bca_interval(std::vector<double>{3, 3, 3}, mean_of));
    EXPECT_FALSE(bca_interval(std::vector<double>{3, 4, std::nan("")}, mean_of));
}

TEST(BootstrapInterval, GoldenStaysOnTheScale) {
    // methods.md a3
    const std::vector<double> efforts{7, 6, 7, 5, 2, 6, 7};
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        const auto interval = bca_interval(efforts, mean_of, {100'000, seed, usual_confidence});
        ASSERT_TRUE(interval);
        EXPECT_NEAR(interval->low, 3.857, .05) << seed;
        EXPECT_NEAR(interval->high, 6.571, .05) << seed;
    }
}

TEST(BootstrapInterval, SameSeedSameInterval) {
    const std::vector<double> values{1, 2, 4, 8, 16};
    const auto one = bca_interval(values, mean_of, {500, 3, .9});
    EXPECT_EQ(one->low, bca_interval(values, mean_of, {500, 3, .9})->low);
    EXPECT_NE(one->low, bca_interval(values, mean_of, {500, 4, .9})->low);
}

TEST(BootstrapInterval, HoldsTheMeanOfSkewedWaits) {
    Random random(5);
    int held = 0;
    constexpr int rounds = 400;
    for (int round = 0; round < rounds; ++round) {
        std::vector<double> waits;
        for (int i = 0; i < 40; ++i) {
            waits.push_back(random.exponential(1));
        }
        const auto interval = bca_interval(waits, mean_of, {400, 7, usual_confidence});
        held += interval->low <= 1 && 1 <= interval->high ? 1 : 0;
    }
    EXPECT_NEAR(static_cast<double>(held) / rounds, .94, .03);
}

}  // namespace
}  // namespace kokemus::stats
