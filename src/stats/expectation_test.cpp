#include "stats/expectation.h"

#include <array>

#include <gtest/gtest.h>

namespace kokemus::stats {
namespace {

TEST(Expectation, NothingCameAndNothingWasLearnt) {
    EXPECT_TRUE(expectations(7, .3, {}).empty());
    EXPECT_FALSE(expectation_pace({}));
    const std::vector<double> as_expected{7, 7};
    EXPECT_FALSE(expectation_pace(expectations(7, .3, as_expected)));
    EXPECT_EQ(expectations(7, 0, std::vector<double>{9}).back().after, 7.0);
    EXPECT_EQ(expectations(7, 1, std::vector<double>{9}).back().after, 9.0);
}

TEST(Expectation, Golden) {
    // methods.md d4: the same service delights less each time, and then the drop hurts more.
    const std::vector<double> came{8, 8, 8, 6};
    const auto steps = expectations(7, .3, came);
    const std::array<double, 4> disconfirmations{1, .7, .49, -1.657};
    const std::array<double, 4> after{7.3, 7.51, 7.657, 7.1599};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_NEAR(steps[i].disconfirmation, disconfirmations[i], 1e-9) << i;
        EXPECT_NEAR(steps[i].after, after[i], 1e-9) << i;
    }
    EXPECT_NEAR(*expectation_pace(steps), .3, 1e-9);
}

TEST(Expectation, GoldenFeltValue) {
    // methods.md d3
    EXPECT_NEAR(felt_value(-3), -5.916287, 1e-6);
    EXPECT_NEAR(felt_value(-1), -2.25, 1e-9);
    EXPECT_EQ(felt_value(0), 0.0);
    EXPECT_NEAR(felt_value(1), 1, 1e-9);
    EXPECT_NEAR(felt_value(3), 2.629461, 1e-6);
}

}  // namespace
}  // namespace kokemus::stats
