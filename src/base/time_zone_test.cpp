#include "base/time_zone.h"

#include <gtest/gtest.h>

namespace kokemus {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

Instant at(std::chrono::year_month_day day, Milliseconds time_of_day) {
    return Instant(sys_days(day)) + time_of_day;
}

TEST(TimeZone, UtcDaysStartAtMidnight) {
    const TimeZone utc;
    const sys_days day = 2026y / 3 / 1;
    EXPECT_EQ(utc.start_of(day), Instant(day));
    EXPECT_EQ(utc.local_day(Instant(day) - 1ms), day - std::chrono::days(1));
    EXPECT_EQ(TimeZone::find("")->start_of(day), Instant(day));
    EXPECT_EQ(TimeZone::find("UTC")->start_of(day), Instant(day));
}

TEST(TimeZone, DaysOfHelsinkiStartTwoOrThreeHoursBeforeUtc) {
    const auto helsinki = TimeZone::find("Europe/Helsinki");
    ASSERT_TRUE(helsinki);
    EXPECT_EQ(helsinki->start_of(2026y / 1 / 15), at(2026y / 1 / 14, 22h));
    EXPECT_EQ(helsinki->start_of(2026y / 7 / 15), at(2026y / 7 / 14, 21h));
    EXPECT_EQ(helsinki->local_day(at(2026y / 7 / 14, 21h)), sys_days(2026y / 7 / 15));
    EXPECT_EQ(helsinki->local_day(at(2026y / 7 / 14, 21h) - 1ms), sys_days(2026y / 7 / 14));
}

TEST(TimeZone, DayOfTheSpringChangeHas23Hours) {
    const auto helsinki = TimeZone::find("Europe/Helsinki");
    EXPECT_EQ(helsinki->start_of(2026y / 3 / 30) - helsinki->start_of(2026y / 3 / 29), 23h);
    EXPECT_EQ(helsinki->start_of(2026y / 10 / 26) - helsinki->start_of(2026y / 10 / 25), 25h);
}

TEST(TimeZone, ADayWithoutMidnightStartsAtTheEndOfTheGap) {
    // In Santiago the clocks go from 2022-09-11 00:00 (UTC-4) to 01:00 (UTC-3).
    const auto santiago = TimeZone::find("America/Santiago");
    ASSERT_TRUE(santiago);
    const Instant start = santiago->start_of(2022y / 9 / 11);
    EXPECT_EQ(start, at(2022y / 9 / 11, 4h));
    EXPECT_EQ(santiago->local_day(start), sys_days(2022y / 9 / 11));
    EXPECT_EQ(santiago->local_day(start - 1ms), sys_days(2022y / 9 / 10));
}

TEST(TimeZone, UnknownNameSaysWhatToWrite) {
    const auto missing = TimeZone::find("Europe/Helsingfors");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::InvalidInput);
    EXPECT_NE(missing.error().message.find("\"Europe/Helsingfors\" is not known"),
              std::string::npos);
}

}  // namespace
}  // namespace kokemus
