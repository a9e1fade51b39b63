#include "base/instant.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"

namespace kokemus {
namespace {

using ::testing::HasSubstr;

std::string read_and_written(std::string_view text) {
    const auto time = parse_instant(text);
    return time ? format_instant(*time) : time.error().message;
}

TEST(ParseInstant, TakesEveryFormOfRfc3339AndItsNeighbours) {
    EXPECT_EQ(read_and_written("2026-01-02T03:04:05.678Z"), "2026-01-02T03:04:05.678Z");
    EXPECT_EQ(read_and_written("2026-01-02t03:04:05z"), "2026-01-02T03:04:05Z");
    EXPECT_EQ(read_and_written("2026-01-02 03:04:05+02:00"), "2026-01-02T01:04:05Z");
    EXPECT_EQ(read_and_written("2026-01-02 03:04:05 +0200"), "2026-01-02T01:04:05Z");
    EXPECT_EQ(read_and_written("2026-01-02 03:04:05-05"), "2026-01-02T08:04:05Z");
    EXPECT_EQ(read_and_written("2026-01-02T03:04"), "2026-01-02T03:04:00Z");
    EXPECT_EQ(read_and_written("2026-01-02"), "2026-01-02T00:00:00Z");
    EXPECT_EQ(read_and_written("  2026-01-02\n"), "2026-01-02T00:00:00Z");
}

TEST(ParseInstant, CutsFractionsToMilliseconds) {
    EXPECT_EQ(read_and_written("2026-01-02T03:04:05.6Z"), "2026-01-02T03:04:05.600Z");
    EXPECT_EQ(read_and_written("2026-01-02T03:04:05,678999Z"), "2026-01-02T03:04:05.678Z");
    EXPECT_THAT(read_and_written("2026-01-02T03:04:05.Z"), HasSubstr("digits must follow"));
}

TEST(ParseInstant, TakesUnixSecondsAndMilliseconds) {
    EXPECT_EQ(read_and_written("0"), "1970-01-01T00:00:00Z");
    EXPECT_EQ(read_and_written("1767323045"), "2026-01-02T03:04:05Z");
    EXPECT_EQ(read_and_written("1767323045678"), "2026-01-02T03:04:05.678Z");
    EXPECT_EQ(read_and_written("-1"), "1969-12-31T23:59:59Z");
    EXPECT_THAT(read_and_written("999999999999999"), HasSubstr("years 1 to 9999"));
    EXPECT_THAT(read_and_written("1767323045678000"), HasSubstr("more than 15 digits"));
}

TEST(ParseInstant, KnowsTheCalendar) {
    EXPECT_EQ(read_and_written("2024-02-29"), "2024-02-29T00:00:00Z");
    EXPECT_THAT(read_and_written("2026-02-29"), HasSubstr("no such day"));
    EXPECT_THAT(read_and_written("2026-13-01"), HasSubstr("no such day"));
    EXPECT_THAT(read_and_written("2026-00-01"), HasSubstr("no such day"));
    EXPECT_THAT(read_and_written("2026-01-02T24:00:00"), HasSubstr("23:59:59"));
    EXPECT_THAT(read_and_written("2026-01-02T23:60"), HasSubstr("23:59:59"));
    EXPECT_THAT(read_and_written("2026-01-02T23:59:60Z"), HasSubstr("23:59:59"));
}

TEST(ParseInstant, RefusesYearsOutsideOneTo9999AlsoAfterTheOffset) {
    EXPECT_EQ(read_and_written("0001-01-01"), "0001-01-01T00:00:00Z");
    EXPECT_EQ(read_and_written("9999-12-31T23:59:59.999Z"), "9999-12-31T23:59:59.999Z");
    EXPECT_THAT(read_and_written("0000-12-31"), HasSubstr("years 1 to 9999"));
    EXPECT_THAT(read_and_written("9999-12-31T23:00-02:00"), HasSubstr("years 1 to 9999"));
    EXPECT_THAT(read_and_written("0001-01-01T01:00+02:00"), HasSubstr("years 1 to 9999"));
}

TEST(ParseInstant, SaysWhatToWriteInstead) {
    for (const std::string_view text : {"",
                                        "yesterday",
                                        "02/01/2026",
                                        "2026-1-2",
                                        "2026-01-02x",
                                        "2026-01-02T",
                                        "2026-01-02T03",
                                        "2026-01-02T03:04:05Zx"}) {
        const auto time = parse_instant(text);
        ASSERT_FALSE(time) << text;
        EXPECT_EQ(time.error().code, ErrorCode::InvalidInput);
        EXPECT_THAT(time.error().message, HasSubstr("write \"2026-01-02T03:04:05Z\"")) << text;
    }
    EXPECT_THAT(read_and_written("yesterday"), HasSubstr("\"yesterday\" is not a time"));
    EXPECT_THAT(read_and_written("2026-01-02T03:04+25:00"), HasSubstr("an offset is written"));
}

TEST(FormatInstant, IsReadBackToTheSame) {
    Random random(1);
    for (int round = 0; round < 2000; ++round) {
        const Instant time{Milliseconds{
            static_cast<std::int64_t>(random.below(200'000'000'000'000)) - 50'000'000'000'000}};
        const auto back = parse_instant(format_instant(time));
        ASSERT_TRUE(back) << back.error().message;
        ASSERT_EQ(*back, time);
    }
}

TEST(FormatInstant, StaysInsideTheYearsThatCanBeWritten) {
    EXPECT_EQ(format_instant(Instant::min()), "0001-01-01T00:00:00Z");
    EXPECT_EQ(format_instant(Instant::max()), "9999-12-31T23:59:59.999Z");
    EXPECT_EQ(format_day(Instant::max()), "9999-12-31");
    EXPECT_EQ(format_day(Instant{Milliseconds{-1}}), "1969-12-31");
}

}  // namespace
}  // namespace kokemus
