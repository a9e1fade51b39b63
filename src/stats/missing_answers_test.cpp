#include "stats/missing_answers.h"

#include <gtest/gtest.h>

namespace kokemus::stats {
namespace {

TEST(MissingAnswers, NobodyAndEverybody) {
    EXPECT_EQ(bounds_of_mean(0, .8, {0, 1}).low, 0.0);
    EXPECT_EQ(bounds_of_mean(0, .8, {0, 1}).high, 1.0);
    EXPECT_EQ(bounds_of_mean(1, .8, {0, 1}).low, .8);
    EXPECT_EQ(bounds_of_mean(1, .8, {0, 1}).high, .8);
    EXPECT_EQ(mean_if_silent_differ(1, 7, -3), 7.0);
}

TEST(MissingAnswers, Golden) {
    // methods.md a7.6
    EXPECT_NEAR(mean_if_silent_differ(.12, 7.4, -1), 6.52, 1e-9);
    EXPECT_NEAR(mean_if_silent_differ(.12, 7.4, -.5), 6.96, 1e-9);
    EXPECT_NEAR(mean_if_silent_differ(.12, 7.4, 0), 7.4, 1e-9);
    EXPECT_NEAR(mean_if_silent_differ(.12, 7.4, .5), 7.84, 1e-9);
    const Interval bounds = bounds_of_mean(.12, .8, {0, 1});
    EXPECT_NEAR(bounds.low, .096, 1e-9);
    EXPECT_NEAR(bounds.high, .976, 1e-9);
}

}  // namespace
}  // namespace kokemus::stats
