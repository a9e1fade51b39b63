#include "stats/importance_bootstrap.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "base/parallel.h"
#include "base/random.h"
#include "stats/swiss_test.h"

namespace kokemus::stats {
namespace {

ImportanceSettings seeded(std::uint64_t seed, std::size_t replicates) {
    ImportanceSettings settings;
    settings.seed = seed;
    settings.replicates = replicates;
    return settings;
}

TEST(ImportanceBootstrap, TooLittleSaysNothing) {
    EXPECT_FALSE(importance_with_intervals(FactorSums(2), seeded(1, 10)));
    FactorSums few(2);
    few.add(1, std::array{1.0, 5.0, 2.0});
    few.add(2, std::array{2.0, 3.0, 1.0});
    few.add(3, std::array{2.5, 3.5, 1.5});
    EXPECT_FALSE(importance_with_intervals(few, seeded(1, 10)));  // three rows for two factors
    EXPECT_FALSE(importance_with_intervals(swiss(), seeded(1, 0)));
}

TEST(ImportanceBootstrap, GoldenSwissIntervals) {
    const std::array<Interval, 5> golden{
        {{.032, .108}, {.090, .278}, {.069, .392}, {.036, .244}, {.032, .244}}};
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        const auto found = importance_with_intervals(swiss(), seeded(seed, 2000));
        ASSERT_TRUE(found);
        EXPECT_EQ(found->replicates, 2000U);
        for (std::size_t i = 0; i < golden.size(); ++i) {
            EXPECT_NEAR(found->shares[i].low, golden[i].low, .02) << seed << " " << i;
            EXPECT_NEAR(found->shares[i].high, golden[i].high, .02) << seed << " " << i;
        }
        // Education leads, but 47 provinces do not establish its lead before Examination.
        EXPECT_GT(found->above(2, 0), .95);
        EXPECT_LT(found->above(2, 1), .95);
        EXPECT_NEAR(found->above(2, 1) + found->above(1, 2), 1, 1e-9);
        EXPECT_LT(found->coefficient_intervals[2].high, 0);
    }
}

TEST(ImportanceBootstrap, SameSeedSameNumbersHoweverManyWorkers) {
    set_worker_count(1);
    const auto one = importance_with_intervals(swiss(), seeded(5, 50));
    set_worker_count(3);
    const auto three = importance_with_intervals(swiss(), seeded(5, 50));
    set_worker_count(0);
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_EQ(one->shares[i].low, three->shares[i].low);
        EXPECT_EQ(one->shares[i].high, three->shares[i].high);
    }
    EXPECT_EQ(one->above, three->above);
    EXPECT_NE(one->shares[0].low, importance_with_intervals(swiss(), seeded(6, 50))->shares[0].low);
}

TEST(ImportanceBootstrap, ManyFactorsTakeRelativeWeights) {
    Random random(8);
    FactorSums sums(20);
    for (std::uint64_t customer = 0; customer < 500; ++customer) {
        std::array<double, 21> row{};
        for (std::size_t i = 0; i < 20; ++i) {
            row[i] = random.normal();
        }
        row[20] = row[0] + .5 * row[1] + random.normal();
        sums.add(customer, row);
    }
    const auto found = importance_with_intervals(sums, seeded(1, 100));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->shares.size(), 20U);
    EXPECT_GT(found->above(0, 2), .95);
    EXPECT_GT(found->shares[0].low, found->shares[2].high);
}

TEST(ImportanceBootstrap, IntervalsHoldTheTruthAboutAsOftenAsSaid) {
    // Customers answer three times each, alike; two factors with correlation 0, planted shares
    // .3 and .1. Percentile intervals of a share are a little too narrow in samples of this size.
    int held = 0;
    constexpr int rounds = 100;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        Random random(100 + round);
        FactorSums sums(2);
        for (std::uint64_t customer = 0; customer < 200; ++customer) {
            const double a = random.normal();
            const double b = random.normal();
            const double y =
                std::sqrt(.3) * a + std::sqrt(.1) * b + std::sqrt(.6) * random.normal();
            for (int again = 0; again < 3; ++again) {
                sums.add(customer, std::array{a, b, y});
            }
        }
        const Interval share = importance_with_intervals(sums, seeded(round, 100))->shares[0];
        held += share.low <= .3 && .3 <= share.high ? 1 : 0;
    }
    EXPECT_GT(held, rounds * .88);
}

TEST(ImportanceBootstrap, OneCustomerTellsNothingOfOthers) {
    FactorSums sums(1);
    for (int i = 0; i < 100; ++i) {
        sums.add(7, std::vector{i % 10 * 1.0, i % 10 * 2.0 + i % 3});
    }
    EXPECT_FALSE(importance_with_intervals(sums, {}));
}

}  // namespace
}  // namespace kokemus::stats
