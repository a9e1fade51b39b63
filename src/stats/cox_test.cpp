#include "stats/cox.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"
#include "stats/oracle_test.h"
#include "stats/survival_test.h"

namespace kokemus::stats {
namespace {

struct Table {
    std::vector<Lifetime> lifetimes;
    Matrix traits{0, 1};

    void add(const FollowUp& group, double trait) {
        for (const auto& [time, many] : group.events) {
            for (std::uint64_t i = 0; i < many; ++i) {
                lifetimes.push_back(Lifetime{time, true});
                traits.add_row(std::vector{trait});
            }
        }
        for (const auto& [time, many] : group.censored) {
            for (std::uint64_t i = 0; i < many; ++i) {
                lifetimes.push_back(Lifetime{time, false});
                traits.add_row(std::vector{trait});
            }
        }
    }
};

Table golden() {
    Table table;
    table.add(after_bad, 1);
    table.add(without_bad, 0);
    return table;
}

TEST(Cox, NobodyAndNothing) {
    EXPECT_FALSE(cox({}, Matrix(0, 1)).has_value());
    Table table;
    table.add(FollowUp{3, {}, {{5, 3}}}, 1);
    table.add(FollowUp{3, {}, {{5, 3}}}, 0);
    EXPECT_FALSE(cox(table.lifetimes, table.traits).has_value());
    EXPECT_FALSE(cox(golden().lifetimes, Matrix(3, 1)).has_value());
}

TEST(Cox, ATraitThatAllHaveTellsNothing) {
    Table table;
    table.add(after_bad, 1);
    EXPECT_FALSE(cox(table.lifetimes, table.traits).has_value());
}

TEST(Cox, ATraitThatTellsAllRunsAway) {
    Table table;
    table.add(FollowUp{4, {{1, 2}, {2, 2}}, {}}, 1);
    table.add(FollowUp{4, {{8, 2}, {9, 2}}, {}}, 0);
    EXPECT_FALSE(cox(table.lifetimes, table.traits).has_value());
}

TEST(Cox, ATraitTwiceIsRefused) {
    const Table table = golden();
    Matrix twice(table.traits.rows(), 2);
    for (std::size_t row = 0; row < twice.rows(); ++row) {
        twice(row, 0) = table.traits(row, 0);
        twice(row, 1) = 3 - 2 * table.traits(row, 0);
    }
    EXPECT_FALSE(cox(table.lifetimes, twice).has_value());
}

TEST(Cox, Golden) {
    const Table table = golden();
    const auto fit = cox(table.lifetimes, table.traits);
    ASSERT_TRUE(fit.has_value());
    EXPECT_NEAR(fit->coefficients[0], 2.806054, 1e-6);
    EXPECT_NEAR(fit->error(0), 1.090980, 1e-6);
    EXPECT_NEAR(fit->log_likelihood_without, -25.488235, 1e-6);
    EXPECT_NEAR(fit->log_likelihood, -19.852215, 1e-6);
    EXPECT_EQ(fit->events, 10U);
    const auto breslow = cox(table.lifetimes, table.traits, Ties::Breslow);
    ASSERT_TRUE(breslow.has_value());
    EXPECT_NEAR(breslow->coefficients[0], 2.797309, 1e-6);
    const Estimate ratio = fit->hazard_ratio(0);
    EXPECT_NEAR(ratio.estimate, std::exp(2.806054), 1e-4);
    EXPECT_LT(ratio.interval.low, ratio.estimate);
    EXPECT_GT(ratio.interval.low, 1);
}

/// 60 subjects with two traits and many ties; the R script makes the same by the same sums.
Table sixty() {
    Table table;
    table.traits = Matrix(0, 2);
    for (int i = 0; i < 60; ++i) {
        table.lifetimes.push_back(Lifetime{(i * 7 + i * i) % 23, (i * 5) % 7 != 0});
        table.traits.add_row(std::vector{(i * 11 % 13) / 4.0, static_cast<double>(i % 3 == 0)});
    }
    return table;
}

TEST(Cox, TwoTraitsAndManyTiesAsR) {
    const Oracle oracle("verdicts.csv");
    const Table table = sixty();
    const auto fit = cox(table.lifetimes, table.traits);
    ASSERT_TRUE(fit.has_value());
    EXPECT_NEAR(fit->coefficients[0], oracle["cox.first"], 1e-7);
    EXPECT_NEAR(fit->coefficients[1], oracle["cox.second"], 1e-7);
    EXPECT_NEAR(fit->error(0), oracle["cox.first.error"], 1e-7);
    EXPECT_NEAR(fit->error(1), oracle["cox.second.error"], 1e-7);
    EXPECT_NEAR(fit->log_likelihood, oracle["cox.log_likelihood"], 1e-7);
}

TEST(Cox, FindsTheRatioThatWasPut) {
    Random random(9);
    Table table;
    for (int i = 0; i < 4000; ++i) {
        const double trait = random.chance(.4) ? 1 : 0;
        const double time = random.exponential(1000 / std::exp(.7 * trait));
        table.lifetimes.push_back(
            Lifetime{static_cast<std::int64_t>(std::min(time, 900.0)), time < 900});
        table.traits.add_row(std::vector{trait});
    }
    const auto fit = cox(table.lifetimes, table.traits);
    ASSERT_TRUE(fit.has_value());
    EXPECT_NEAR(fit->coefficients[0], .7, 3 * fit->error(0));
    EXPECT_LT(fit->error(0), .06);
}

RC_GTEST_PROP(Cox, UnitAndOriginOfATraitDoNotMatter, ()) {
    const Table table = golden();
    const double unit = *rc::gen::inRange(1, 1000) / 10.0;
    const double origin = *rc::gen::inRange(-100'000, 100'000);
    Matrix traits = table.traits;
    for (std::size_t row = 0; row < traits.rows(); ++row) {
        traits(row, 0) = origin + unit * traits(row, 0);
    }
    const auto fit = cox(table.lifetimes, traits);
    RC_ASSERT(fit.has_value());
    RC_ASSERT(std::abs(fit->coefficients[0] * unit - 2.806054) < 1e-5);
}

}  // namespace
}  // namespace kokemus::stats
