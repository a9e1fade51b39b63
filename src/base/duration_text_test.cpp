#include "base/duration_text.h"

#include <gtest/gtest.h>

namespace kokemus {
namespace {

using namespace std::chrono_literals;

TEST(DurationText, TakesTheLargestUnitThatFits) {
    EXPECT_EQ(duration_text(0ms), "0s");
    EXPECT_EQ(duration_text(7 * 24h), "7d");
    EXPECT_EQ(duration_text(36h), "36h");
    EXPECT_EQ(duration_text(90min), "90m");
    EXPECT_EQ(duration_text(61s), "61s");
    EXPECT_EQ(duration_text(1500ms), "1500ms");
}

}  // namespace
}  // namespace kokemus
