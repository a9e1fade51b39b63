#include "stats/priority.h"

#include <array>

#include <gtest/gtest.h>

namespace kokemus::stats {
namespace {

TEST(Priority, NothingToDoWhereTheTargetIsMet) {
    EXPECT_EQ(priority({.5, 95, 90}), 0.0);
    EXPECT_EQ(priority({.5, 50, 90, 1, 1}), 0.0);
    EXPECT_TRUE(important({}).empty());
}

TEST(Priority, Golden) {
    // methods.md b4
    const std::array<double, 4> importance{.35, .25, .30, .10};
    const std::array<double, 4> performance{62, 81, 74, 55};
    const std::array<double, 4> expected{9.80, 2.25, 4.80, 3.50};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_NEAR(priority({importance[i], performance[i], 90}), expected[i], 1e-9) << i;
    }
    EXPECT_NEAR(priority({.35, 62, 90, .5, .2}), 9.80 * .5 * .8, 1e-9);
}

TEST(Priority, AtTheMeanIsImportantInWhateverOrderItIsSummed) {
    // methods.md 0.1: summed in this order the mean is below .25, in others at or above it.
    EXPECT_EQ(important(std::array{.35, .25, .30, .10}),
              (std::vector<bool>{true, true, true, false}));
    EXPECT_EQ(important(std::array{.10, .30, .25, .35}),
              (std::vector<bool>{false, true, true, true}));
    EXPECT_EQ(important(std::array{.1, .1, .1}), (std::vector<bool>{true, true, true}));
}

}  // namespace
}  // namespace kokemus::stats
