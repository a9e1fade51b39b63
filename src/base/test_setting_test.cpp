#include "base/test_setting.h"

#include <cstdlib>

#include <gtest/gtest.h>

namespace kokemus {
namespace {

TEST(TestSetting, IsTheDefaultUnlessANumberIsSet) {
    EXPECT_EQ(test_setting("ABSENT", 7), 7);
    for (const char* wrong : {"", "x", "12x", "-1", "99999999999999999999"}) {
        ::setenv("KOKEMUS_TEST_PRESENT", wrong, 1);
        EXPECT_EQ(test_setting("PRESENT", 7), 7) << wrong;
    }
    ::setenv("KOKEMUS_TEST_PRESENT", "12", 1);
    EXPECT_EQ(test_setting("PRESENT", 7), 12);
}

}  // namespace
}  // namespace kokemus
