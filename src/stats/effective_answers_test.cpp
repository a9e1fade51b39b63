#include "stats/effective_answers.h"

#include <cmath>

#include <gtest/gtest.h>

namespace kokemus::stats {
namespace {

TEST(EffectiveAnswers, NobodyEverybodyAndNoSelection) {
    EXPECT_EQ(effective_answers(0, -.05), 0.0);
    EXPECT_TRUE(std::isinf(effective_answers(1, -.05)));
    EXPECT_TRUE(std::isinf(effective_answers(.1, 0)));
}

TEST(EffectiveAnswers, Golden) {
    // methods.md a7.7: 10 % answer, 10 000 of them, worth 44.4
    EXPECT_NEAR(effective_answers(.1, -.05), 44.444444, 1e-6);
}

}  // namespace
}  // namespace kokemus::stats
