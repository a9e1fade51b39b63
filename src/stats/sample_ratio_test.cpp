#include "stats/sample_ratio.h"

#include <vector>

#include <gtest/gtest.h>

#include "stats/oracle_test.h"

namespace kokemus::stats {
namespace {

SampleRatio of(const std::vector<std::uint64_t>& sizes, const std::vector<double>& shares) {
    return sample_ratio(sizes, shares);
}

TEST(SampleRatio, NothingToTell) {
    EXPECT_EQ(of({}, {}).p_value, 1.0);
    EXPECT_EQ(of({10}, {1}).p_value, 1.0);
    EXPECT_EQ(of({0, 0}, {.5, .5}).p_value, 1.0);
    EXPECT_EQ(of({10, 500}, {1}).p_value, 1.0);
}

TEST(SampleRatio, AsMeantIsFine) {
    const SampleRatio ratio = of({5000, 5000}, {.5, .5});
    EXPECT_EQ(ratio.statistic, 0.0);
    EXPECT_EQ(ratio.p_value, 1.0);
    EXPECT_FALSE(ratio.broken);
}

TEST(SampleRatio, Golden) {
    const SampleRatio ratio = of({5000, 5200}, {.5, .5});
    EXPECT_NEAR(ratio.statistic, 3.921569, 1e-6);
    EXPECT_NEAR(ratio.p_value, .04767, 1e-5);
    EXPECT_FALSE(ratio.broken);
}

TEST(SampleRatio, BreaksBelowOneInAThousand) {
    EXPECT_FALSE(of({5000, 5320}, {1, 1}).broken);  // z = 3.15
    EXPECT_TRUE(of({5000, 5340}, {1, 1}).broken);   // z = 3.34
}

TEST(SampleRatio, MembersWhereNoneWereMeant) {
    EXPECT_TRUE(of({5, 5, 1}, {1, 1, 0}).broken);
    EXPECT_FALSE(of({5, 5, 0}, {1, 1, 0}).broken);
}

TEST(SampleRatio, ThreeGroupsAsR) {
    const Oracle oracle("verdicts.csv");
    const SampleRatio ratio = of({820, 90, 110}, {.8, .1, .1});
    EXPECT_NEAR(ratio.statistic, oracle["ratio.three.chi"], 1e-9);
    EXPECT_NEAR(ratio.p_value, oracle["ratio.three.p"], 1e-9);
}

}  // namespace
}  // namespace kokemus::stats
