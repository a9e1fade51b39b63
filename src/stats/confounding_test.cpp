#include "stats/confounding.h"

#include <cmath>

#include <gtest/gtest.h>

namespace kokemus::stats {
namespace {

TEST(Confounding, NoRatioNeedsNothing) {
    EXPECT_EQ(confounding_to_explain(1), 1.0);
    EXPECT_EQ(confounding_to_explain(0), 1.0);
    EXPECT_EQ(confounding_to_explain(std::nan("")), 1.0);
    EXPECT_EQ(confounding_to_explain(HUGE_VAL), 1.0);
}

TEST(Confounding, Golden) {
    // methods.md b5
    EXPECT_NEAR(confounding_to_explain(2.4), 4.2330, 5e-5);
    EXPECT_NEAR(confounding_to_explain(1 / 2.4), 4.2330, 5e-5);
}

TEST(Confounding, TheLimitNearerToOneCounts) {
    EXPECT_EQ(confounding_to_lose(.9, 3), 1.0);
    EXPECT_NEAR(confounding_to_lose(2.4, 7), 4.2330, 5e-5);
    EXPECT_NEAR(confounding_to_lose(.1, 1 / 2.4), 4.2330, 5e-5);
}

}  // namespace
}  // namespace kokemus::stats
