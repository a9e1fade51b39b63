#include "base/check.h"

#include <gtest/gtest.h>

namespace kokemus {
namespace {

TEST(CheckDeathTest, NamesTheBrokenConditionAndItsPlace) {
    const int legs = 3;
    EXPECT_DEATH(CHECK(legs % 2 == 0), "legs % 2 == 0 does not hold at .*check_test.cpp:");
}

TEST(CheckDeathTest, LetsAHeldConditionPass) {
    int evaluated = 0;
    CHECK(++evaluated == 1);
    EXPECT_EQ(evaluated, 1);
}

}  // namespace
}  // namespace kokemus
