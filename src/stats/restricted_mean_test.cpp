#include "stats/restricted_mean.h"

#include <cmath>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/oracle_test.h"
#include "stats/survival_test.h"

namespace kokemus::stats {
namespace {

TEST(RestrictedMean, NobodySaysNothing) {
    const RestrictedMean nobody = restricted_mean(FollowUp{}, 12);
    EXPECT_FALSE(nobody.reached);
    EXPECT_EQ(nobody.interval.low, 0.0);
    EXPECT_EQ(nobody.interval.high, 12.0);
}

TEST(RestrictedMean, NothingHappenedIsNotCertain) {
    const RestrictedMean all = restricted_mean(FollowUp{20, {}, {}}, 12);
    EXPECT_EQ(all.mean, 12.0);
    EXPECT_EQ(all.standard_error, 0.0);
    EXPECT_EQ(all.interval.low, 0.0);
    EXPECT_TRUE(all.reached);
}

TEST(RestrictedMean, EverythingHappenedIsTheMeanTime) {
    const RestrictedMean all = restricted_mean(FollowUp{4, {{2, 1}, {4, 2}, {10, 1}}, {}}, 12);
    EXPECT_NEAR(all.mean, 5, 1e-12);
    // Without censoring the error is that of a mean, by n.
    EXPECT_NEAR(all.standard_error, std::sqrt((9 + 1 + 1 + 25) / 4.0 / 4), 1e-12);
}

TEST(RestrictedMean, WhatComesLaterDoesNotCount) {
    EXPECT_EQ(restricted_mean(FollowUp{4, {{13, 4}}, {}}, 12).mean, 12.0);
    EXPECT_EQ(restricted_mean(FollowUp{4, {{12, 4}}, {}}, 12).mean, 12.0);
    EXPECT_EQ(restricted_mean(FollowUp{4, {{6, 2}}, {}}, 12).mean, 9.0);
}

TEST(RestrictedMean, Golden) {
    EXPECT_NEAR(restricted_mean(without_bad, 12).mean, 11.071429, 1e-6);
    EXPECT_NEAR(restricted_mean(after_bad, 12).mean, 6.575, 1e-6);
}

TEST(RestrictedMean, AsR) {
    const Oracle oracle("verdicts.csv");
    EXPECT_NEAR(
        restricted_mean(without_bad, 12).standard_error, oracle["mean.without.error"], 1e-9);
    EXPECT_NEAR(restricted_mean(after_bad, 12).standard_error, oracle["mean.after.error"], 1e-9);
    const Difference difference = restricted_mean_difference(without_bad, after_bad, 12);
    EXPECT_NEAR(difference.estimate, 11.071429 - 6.575, 1e-6);
    EXPECT_TRUE(difference.beyond_chance());
    EXPECT_LT(difference.p_value, .001);
}

RC_GTEST_PROP(RestrictedMean, GrowsWithTheTimeAskedFor, ()) {
    FollowUp follow_up;
    follow_up.events = *rc::gen::container<std::map<std::int64_t, std::uint64_t>>(
        rc::gen::inRange<std::int64_t>(0, 40), rc::gen::inRange<std::uint64_t>(1, 5));
    for (const auto& [time, many] : follow_up.events) {
        follow_up.subjects += many;
    }
    follow_up.subjects += *rc::gen::inRange<std::uint64_t>(1, 9);
    const auto until = *rc::gen::inRange<std::int64_t>(1, 40);
    const RestrictedMean mean = restricted_mean(follow_up, until);
    const RestrictedMean longer = restricted_mean(follow_up, until + 1);
    RC_ASSERT(mean.interval.low <= mean.mean);
    RC_ASSERT(mean.mean <= mean.interval.high + 1e-9);
    // By the share that is left at `until`.
    const double gained = longer.mean - mean.mean;
    RC_ASSERT(std::abs(gained - kaplan_meier(follow_up, until).survival) < 1e-9);
}

}  // namespace
}  // namespace kokemus::stats
