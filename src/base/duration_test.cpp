#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/instant.h"

namespace kokemus {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

std::string fault_of(std::string_view text) {
    const auto duration = parse_duration(text);
    return duration ? "no fault" : duration.error().message;
}

TEST(ParseDuration, TakesShortAndLongUnits) {
    EXPECT_EQ(parse_duration("0"), Milliseconds{0});
    EXPECT_EQ(parse_duration("250ms"), 250ms);
    EXPECT_EQ(parse_duration("30s"), 30s);
    EXPECT_EQ(parse_duration("5m"), 5min);
    EXPECT_EQ(parse_duration("5 min"), 5min);
    EXPECT_EQ(parse_duration("24h"), 24h);
    EXPECT_EQ(parse_duration("3d"), 72h);
    EXPECT_EQ(parse_duration("2w"), 14 * 24h);
    EXPECT_EQ(parse_duration("1.5h"), 90min);
    EXPECT_EQ(parse_duration("3 days"), 72h);
    EXPECT_EQ(parse_duration(" 1 Hour "), 1h);
    EXPECT_EQ(parse_duration("2 weeks"), 14 * 24h);
}

TEST(ParseDuration, AddsPartsUp) {
    EXPECT_EQ(parse_duration("1h30m"), 90min);
    EXPECT_EQ(parse_duration("3 h 20 min"), 200min);
}

TEST(ParseDuration, RefusesMonthsAndYearsWithWords) {
    EXPECT_THAT(fault_of("1 month"), HasSubstr("write days, as \"30 days\""));
    EXPECT_THAT(fault_of("2mo"), HasSubstr("28 to 31 days"));
    EXPECT_THAT(fault_of("1 year"), HasSubstr("365 or 366 days"));
}

TEST(ParseDuration, SaysWhatIsWrong) {
    for (const std::string_view text : {"", "h", "7", "1.2.3h", ".h", "1h x", "five days"}) {
        EXPECT_THAT(fault_of(text), HasSubstr("is not a duration")) << text;
    }
    EXPECT_THAT(fault_of("7"), HasSubstr("write a number and a unit"));
    EXPECT_THAT(fault_of("3 fortnights"), HasSubstr("there is no unit \"fortnights\""));
    EXPECT_THAT(fault_of("-3h"), HasSubstr("cannot be negative"));
    EXPECT_THAT(fault_of("999999999999d"), HasSubstr("10,000 years"));
    EXPECT_THAT(fault_of("1e5h"), HasSubstr("is not a duration"));
}

TEST(FormatDuration, ShowsTwoUnitsAtMost) {
    EXPECT_EQ(format_duration(0ms), "0 s");
    EXPECT_EQ(format_duration(7ms), "7 ms");
    EXPECT_EQ(format_duration(1500ms), "1 s 500 ms");
    EXPECT_EQ(format_duration(12s), "12 s");
    EXPECT_EQ(format_duration(3h + 20min), "3 h 20 min");
    EXPECT_EQ(format_duration(3h + 20min + 29s), "3 h 20 min");
    EXPECT_EQ(format_duration(6 * 24h + 3h + 1min), "6 d 3 h");
    EXPECT_EQ(format_duration(400 * 24h), "400 d");
}

TEST(FormatDuration, RoundsWithCarry) {
    EXPECT_EQ(format_duration(23h + 59min + 40s), "1 d");
    EXPECT_EQ(format_duration(59min + 59s + 999ms), "1 h");
    EXPECT_EQ(format_duration(1h + 59min + 30s), "2 h");
}

TEST(FormatDuration, ShowsNegativeOnesWithATrueMinus) {
    EXPECT_EQ(format_duration(-90min), "\u22121 h 30 min");
    EXPECT_THAT(format_duration(Milliseconds::min()), HasSubstr(" d"));
}

TEST(FormatDuration, IsReadBack) {
    for (const Milliseconds duration :
         {Milliseconds(1), Milliseconds(1500), Milliseconds(200min)}) {
        EXPECT_EQ(parse_duration(format_duration(duration)), duration);
    }
}

}  // namespace
}  // namespace kokemus
