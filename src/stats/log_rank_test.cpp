#include "stats/log_rank.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/oracle_test.h"
#include "stats/survival_test.h"

namespace kokemus::stats {
namespace {

TEST(LogRank, NobodyOrNothingTellsNothing) {
    EXPECT_EQ(log_rank(FollowUp{}, FollowUp{}).p_value, 1.0);
    EXPECT_EQ(log_rank(after_bad, FollowUp{}).p_value, 1.0);
    EXPECT_EQ(log_rank(FollowUp{5, {}, {}}, FollowUp{5, {}, {{3, 2}}}).p_value, 1.0);
}

TEST(LogRank, OneOfEachTellsAlmostNothing) {
    const LogRank rank = log_rank(FollowUp{1, {{1, 1}}, {}}, FollowUp{1, {{2, 1}}, {}});
    EXPECT_NEAR(rank.expected, .5, 1e-12);
    EXPECT_NEAR(rank.statistic, 1, 1e-12);
}

TEST(LogRank, Golden) {
    const LogRank rank = log_rank(after_bad, without_bad);
    EXPECT_NEAR(rank.statistic, 10.884281, 1e-6);
    EXPECT_EQ(rank.observed, 8.0);
}

TEST(LogRank, AsR) {
    const Oracle oracle("verdicts.csv");
    const LogRank rank = log_rank(after_bad, without_bad);
    EXPECT_NEAR(rank.expected, oracle["rank.expected"], 1e-9);
    EXPECT_NEAR(rank.p_value, oracle["rank.p"], 1e-9);
}

RC_GTEST_PROP(LogRank, ItDoesNotMatterWhichIsFirst, ()) {
    const auto group = [] {
        FollowUp follow_up;
        for (auto* times : {&follow_up.events, &follow_up.censored}) {
            for (const int time : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 12))) {
                ++(*times)[time];
                ++follow_up.subjects;
            }
        }
        return follow_up;
    };
    const FollowUp one = group();
    const FollowUp other = group();
    const LogRank here = log_rank(one, other);
    const LogRank there = log_rank(other, one);
    RC_ASSERT(std::abs(here.statistic - there.statistic) < 1e-9);
    // What is expected of both together is what happened to both.
    RC_ASSERT(std::abs(here.expected + there.expected - here.observed - there.observed) < 1e-9);
    RC_ASSERT(log_rank(one, one).p_value == 1.0 || log_rank(one, one).p_value > 1 - 1e-6);
}

}  // namespace
}  // namespace kokemus::stats
