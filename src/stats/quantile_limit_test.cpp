#include "stats/quantile_limit.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

TEST(QuantileLimit, TooFewAndWhatIsNoShare) {
    EXPECT_FALSE(quantile_limit_rank(0, .9));
    EXPECT_FALSE(quantile_limit_rank(100, 0));
    EXPECT_FALSE(quantile_limit_rank(100, 1));
    EXPECT_FALSE(quantile_limit_rank(100, .9, 1));
    EXPECT_EQ(values_for_quantile_limit(1), 0U);
    EXPECT_FALSE(quantile_limit({}, .9));
}

TEST(QuantileLimit, Golden) {
    // methods.md d2: of 20 the largest is above the nine-of-ten time with .878423 only.
    EXPECT_FALSE(quantile_limit_rank(20, .9));
    EXPECT_NEAR(1 - std::pow(.9, 20), .878423, 1e-6);
    EXPECT_TRUE(quantile_limit_rank(20, .9, .878));
    EXPECT_FALSE(quantile_limit_rank(20, .9, .879));
    EXPECT_EQ(values_for_quantile_limit(.9), 29U);
    EXPECT_FALSE(quantile_limit_rank(28, .9));
    EXPECT_EQ(quantile_limit_rank(29, .9), 29U);
    EXPECT_EQ(values_for_quantile_limit(.8), 14U);
}

TEST(QuantileLimit, AgreesWithRAndServesLargeN) {
    // R: qbinom(.95, n, q) + 1
    EXPECT_EQ(quantile_limit_rank(100, .9), 96U);
    EXPECT_EQ(quantile_limit_rank(1000, .9), 916U);
    EXPECT_EQ(quantile_limit_rank(100, .5), 59U);
    EXPECT_EQ(quantile_limit_rank(1'000'000, .9), 900'494U);
}

TEST(QuantileLimit, ItsPromiseIsKeptAsOftenAsSaid) {
    // Waits with exponential tail; the nine-of-ten time is -log(.1).
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        Random random(seed);
        int above = 0;
        constexpr int rounds = 2000;
        for (int round = 0; round < rounds; ++round) {
            std::vector<double> waits;
            for (int i = 0; i < 60; ++i) {
                waits.push_back(random.exponential(1));
            }
            std::sort(waits.begin(), waits.end());
            above += *quantile_limit(waits, .9) >= -std::log(.1) ? 1 : 0;
        }
        EXPECT_GE(static_cast<double>(above) / rounds, .94) << seed;
    }
}

}  // namespace
}  // namespace kokemus::stats
