#include "stats/difference_in_differences.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/oracle_test.h"

namespace kokemus::stats {
namespace {

using Units = std::vector<BeforeAndAfter>;

const Units got_it{{7.0, 7.6}, {6.8, 7.5}, {7.4, 7.9}};
const Units others{{6.9, 7.0}, {7.1, 7.2}, {7.3, 7.3}};

TEST(DifferenceInDifferences, NobodyOrOneOfEachTellsNothing) {
    const auto nobody = difference_in_differences({}, others);
    EXPECT_TRUE(std::isinf(nobody.difference.interval.low));
    EXPECT_EQ(nobody.difference.p_value, 1.0);
    EXPECT_EQ(nobody.permutation.p_value, 1.0);
    const auto one = difference_in_differences(Units{{1, 3}}, Units{{1, 2}});
    EXPECT_EQ(one.difference.estimate, 1.0);
    EXPECT_TRUE(std::isinf(one.difference.interval.high));
    EXPECT_EQ(one.permutation.p_value, 1.0);
    EXPECT_FALSE(one.enough);
}

TEST(DifferenceInDifferences, AllChangedAlike) {
    const auto alike = difference_in_differences(Units(5, {1, 3}), Units(5, {1, 2}));
    EXPECT_EQ(alike.difference.estimate, 1.0);
    // Without any spread the t test has nothing to say; the permutation has.
    EXPECT_EQ(alike.difference.p_value, 1.0);
    EXPECT_NEAR(alike.permutation.p_value, 2.0 / 252, 1e-12);
}

TEST(DifferenceInDifferences, Golden) {
    const auto result = difference_in_differences(got_it, others);
    EXPECT_NEAR(result.difference.estimate, .533333, 1e-6);
    EXPECT_NEAR(result.difference.standard_error, .066667, 1e-6);
    EXPECT_NEAR(result.difference.statistic, 8.0, 1e-6);
    EXPECT_NEAR(result.difference.p_value, .001324, 1e-6);
    EXPECT_NEAR(result.permutation.p_value, .1, 1e-12);
    EXPECT_NEAR(result.permutation.least_p, .1, 1e-12);
    EXPECT_TRUE(result.permutation.exact);
    EXPECT_FALSE(result.enough);
}

TEST(DifferenceInDifferences, FourAndFourAreEnoughToSpeak) {
    const Units four(4, {1, 2});
    EXPECT_TRUE(difference_in_differences(four, four).enough);
    EXPECT_FALSE(difference_in_differences(four, others).enough);
}

TEST(DifferenceInDifferences, IsTheInteractionOfARegressionInR) {
    const Oracle oracle("verdicts.csv");
    const Units first{{6.1, 6.9}, {7.2, 7.4}, {5.8, 6.6}, {6.6, 7.5}, {7.0, 7.1}};
    const Units second{{6.4, 6.5}, {7.1, 6.8}, {5.9, 6.1}, {6.8, 6.8}, {7.3, 7.2}, {6.2, 6.5}};
    const auto result = difference_in_differences(first, second);
    EXPECT_NEAR(result.difference.estimate, oracle["did.estimate"], 1e-9);
    EXPECT_NEAR(result.difference.standard_error, oracle["did.error"], 1e-9);
    EXPECT_NEAR(result.difference.p_value, oracle["did.p"], 1e-9);
    EXPECT_NEAR(result.difference.interval.low, oracle["did.low"], 1e-9);
    EXPECT_NEAR(result.difference.interval.high, oracle["did.high"], 1e-9);
}

RC_GTEST_PROP(DifferenceInDifferences, WhatEveryUnitSharesFallsOut, ()) {
    const double drift = *rc::gen::inRange(-50, 50) / 4.0;
    Units first = got_it;
    Units second = others;
    for (Units* units : {&first, &second}) {
        for (BeforeAndAfter& unit : *units) {
            const double level = *rc::gen::inRange(-50, 50) / 4.0;
            unit.before += level;
            unit.after += level + drift;
        }
    }
    const auto result = difference_in_differences(first, second);
    RC_ASSERT(std::abs(result.difference.estimate - .533333333) < 1e-6);
    RC_ASSERT(std::abs(result.difference.standard_error - .066666667) < 1e-6);
}

}  // namespace
}  // namespace kokemus::stats
