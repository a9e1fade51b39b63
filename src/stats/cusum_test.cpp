#include "stats/cusum.h"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

constexpr std::array golden{.2, -.5, .1, .4, -.3, 0.0, 1.2, .8, 1.5, .9, 1.7, 1.1};

TEST(Cusum, NothingSeenIsNoAlarm) {
    EXPECT_FALSE(Cusum().alarm());
    EXPECT_EQ(Cusum().value(), 0.0);
    EXPECT_EQ(Cusum().rising_for(), 0U);
}

TEST(Cusum, WhatIsNotFiniteChangesNothing) {
    Cusum cusum(4);
    cusum.add(2);
    EXPECT_FALSE(cusum.add(std::nan("")));
    EXPECT_FALSE(cusum.add(std::numeric_limits<double>::infinity()));
    EXPECT_EQ(cusum.value(), 1.5);
    EXPECT_EQ(cusum.rising_for(), 1U);
}

TEST(Cusum, Golden) {
    Cusum cusum(4);
    std::vector<double> values;
    std::vector<int> alarms;
    for (std::size_t i = 0; i < golden.size(); ++i) {
        if (cusum.add(golden[i])) {
            alarms.push_back(static_cast<int>(i) + 1);
        }
        values.push_back(cusum.value());
    }
    const std::array ends{0.0, .7, 1.0, 2.0, 2.4, 3.6, 4.2};
    for (std::size_t i = 0; i < ends.size(); ++i) {
        EXPECT_NEAR(values[values.size() - ends.size() + i], ends[i], 1e-12);
    }
    EXPECT_EQ(alarms, std::vector<int>{12});
    EXPECT_EQ(cusum.rising_for(), 6U);  // from the seventh value on
    cusum.reset();
    EXPECT_FALSE(cusum.alarm());
    EXPECT_EQ(cusum.rising_for(), 0U);
}

TEST(Cusum, RunLengthsAsPrinted) {
    EXPECT_NEAR(cusum_run_length(4, .5, 0), 335.4, .05);
    EXPECT_NEAR(cusum_run_length(4, .5, 1), 8.38, .005);
    EXPECT_NEAR(cusum_run_length(5, .5, 0), 930.9, .05);
    EXPECT_NEAR(cusum_run_length(5, .5, 1), 10.38, .005);
    EXPECT_NEAR(cusum_run_length_near(4, .5, 0), 338.1, .05);
    EXPECT_NEAR(cusum_run_length_near(4, .5, 1), 8.34, .005);
    EXPECT_NEAR(cusum_run_length_near(4, .5, .5), 5.166 * 5.166, 1e-9);
}

TEST(Cusum, LimitForARunLength) {
    EXPECT_EQ(cusum_limit(0), 0.0);
    EXPECT_EQ(cusum_limit(1), 0.0);
    EXPECT_EQ(cusum_limit(1.5), 0.0);  // a value above the reference comes every 3.24 anyway
    for (const double wanted : {10.0, 335.4, 7000.0, 1e6, 1e9}) {
        EXPECT_NEAR(cusum_run_length(cusum_limit(wanted), .5, 0) / wanted, 1, 1e-6) << wanted;
    }
    EXPECT_EQ(cusum_limit(1e12), cusum_limit(1e9));
}

TEST(Cusum, AlarmBudget) {
    // methods.md e7: a thousand daily series at limit 5 give 1.07 false alarms a day.
    EXPECT_NEAR(1000 / cusum_run_length(5, .5, 0), 1.07, .005);
    EXPECT_EQ(run_length_for_budget(1000, 7, 1), 7000.0);
    EXPECT_EQ(run_length_for_budget(0, 7, 1), 1.0);
    const double limit = cusum_limit(run_length_for_budget(1000, 7, 1));
    EXPECT_GT(limit, 6.5);
    EXPECT_LT(limit, 8.0);
}

TEST(Cusum, SimulatedRunsLastAsLongAsTheChainSays) {
    const double expected = cusum_run_length(3, .5, 0);
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        Random random(seed);
        constexpr int runs = 2000;
        double values = 0;
        for (int run = 0; run < runs; ++run) {
            Cusum cusum(3);
            do {
                ++values;
            } while (!cusum.add(random.normal()));
        }
        // Run lengths are nearly exponential, so the mean is good to 1 / sqrt(runs).
        EXPECT_NEAR(values / runs / expected, 1, 4 / std::sqrt(runs)) << seed;
    }
}

RC_GTEST_PROP(Cusum, IsTheHeightAboveTheLowestPoint, ()) {
    const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-30, 30));
    Cusum cusum;
    double sum = 0;
    double lowest = 0;
    for (const int step : steps) {
        cusum.add(step / 10.0);
        sum += step / 10.0 - .5;
        lowest = std::min(lowest, sum);
        RC_ASSERT(std::abs(cusum.value() - (sum - lowest)) < 1e-9);
    }
}

}  // namespace
}  // namespace kokemus::stats
