#include "stats/confidence.h"

#include <gtest/gtest.h>

namespace kokemus::stats {
namespace {

TEST(Confidence, KnownQuantiles) {
    EXPECT_EQ(two_sided_z(0.95), 1.959963984540054);
    EXPECT_NEAR(two_sided_z(0.99), 2.5758293035489004, 1e-12);
    EXPECT_NEAR(one_sided_z(0.95), 1.6448536269514722, 1e-12);
    EXPECT_NEAR(two_sided_t(0.95, 6), 2.4469118511449692, 1e-10);
}

TEST(Confidence, ValuesThatAreNoConfidenceDoNotBreak) {
    EXPECT_GT(two_sided_z(1.5), 6.0);
    EXPECT_NEAR(two_sided_z(-1), 0.0, 1e-9);
}

TEST(Confidence, ProbabilityIsTheOtherWayRound) {
    EXPECT_NEAR(two_sided_p(1.959963984540054), 0.05, 1e-12);
    EXPECT_NEAR(two_sided_p(-1.959963984540054), 0.05, 1e-12);
    EXPECT_EQ(two_sided_p(0), 1.0);
    EXPECT_NEAR(two_sided_p(-2.4469118511449692, 6), 0.05, 1e-10);
}

}  // namespace
}  // namespace kokemus::stats
