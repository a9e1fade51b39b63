#include "courier/retry.h"

#include <gtest/gtest.h>

#include "courier/bounds.h"

namespace kokemus::courier {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(Retry, WaitsOnAverageAsStandardWebhooksSaysAndThenGivesUp) {
    Milliseconds whole{0};
    for (unsigned tries = 1; tries < tries_max(); ++tries) {
        const auto wait = wait_after(tries, 0.5);
        ASSERT_TRUE(wait) << tries;
        whole += *wait;
    }
    // 5 s + 5 min + 30 min + 2 + 5 + 10 + 14 + 20 + 24 h
    EXPECT_EQ(whole, hours(75) + minutes(35) + seconds(5));
    EXPECT_EQ(wait_after(2, 0.5), minutes(5));
    EXPECT_FALSE(wait_after(tries_max(), 0.5));
    EXPECT_FALSE(wait_after(tries_max() + 1, 0.5));
    EXPECT_FALSE(wait_after(0, 0.5));
}

TEST(Retry, JitterIsFullAndNeverLessThanASecond) {
    EXPECT_EQ(wait_after(5, 0.0), seconds(1));
    EXPECT_EQ(wait_after(5, 0.25), minutes(150));
    EXPECT_LT(*wait_after(5, 0.999999), hours(10));
    EXPECT_GT(*wait_after(5, 0.999999), hours(9));
}

TEST(Retry, HonoursWhatTheReceiverAsksForUpToADay) {
    EXPECT_EQ(wait_after(1, 0.5, minutes(10)), minutes(10));
    EXPECT_EQ(wait_after(4, 0.5, minutes(10)), hours(2));
    EXPECT_EQ(wait_after(1, 0.5, hours(1000)), bounds::retry_after_max);
    EXPECT_EQ(wait_after(1, 0.5, seconds(-3)), seconds(5));
}

TEST(Retry, ATargetRestsLongerWithEachFailureButNeverLong) {
    EXPECT_EQ(target_pause(1), seconds(1));
    EXPECT_EQ(target_pause(2), seconds(2));
    EXPECT_EQ(target_pause(5), seconds(16));
    EXPECT_EQ(target_pause(1'000'000), minutes(5));
    EXPECT_EQ(target_pause(1, hours(1)), hours(1));
}

}  // namespace
}  // namespace kokemus::courier
