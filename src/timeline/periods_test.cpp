#include "timeline/periods.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace kokemus::timeline {
namespace {

using question::Grain;

constexpr std::int64_t hour = 3'600'000;

/// 64 at once as one after the other: far apart, and each millisecond around a beginning.
void expect_right_in_words(const Periods& periods, std::int64_t first, std::int64_t latest) {
    ASSERT_TRUE(periods.are_even());
    const auto expect_word = [&](std::int64_t from, std::int64_t step) {
        const auto time_at = [&](std::size_t i) {
            return std::clamp(from + static_cast<std::int64_t>(i) * step, first, latest);
        };
        std::array<Code, 64> found{};
        periods.periods_of_word(time_at, found.data());
        for (std::size_t i = 0; i < found.size(); ++i) {
            EXPECT_EQ(found[i], periods.period_of(time_at(i))) << time_at(i);
        }
    };
    for (std::int64_t time = first; time <= latest; time += 64 * (hour + 7)) {
        expect_word(time, hour + 7);
    }
    for (std::size_t period = 0; period < periods.size(); ++period) {
        expect_word(periods.start(period) - 32, 1);
        expect_word(periods.start(period) - 4 * hour, hour / 8);
    }
}

/// Every time of the span is in the period that says it holds it, all ways of asking alike.
void expect_right(const char* zone_name, Grain grain, std::int64_t first, std::int64_t latest) {
    const auto zone = TimeZone::find(zone_name);
    ASSERT_TRUE(zone);
    const auto periods = Periods::make(*zone, grain, first, latest);
    ASSERT_TRUE(periods);
    EXPECT_LE(periods->start(0), first);
    EXPECT_GT(periods->end(periods->size() - 1), latest);
    if (periods->are_even()) {
        expect_right_in_words(*periods, first, latest);
    }
    periods->with_period_of([&](const auto& period_of) {
        for (std::int64_t time = first; time <= latest; time += hour / 2 + 7) {
            const Code period = periods->period_of(time);
            EXPECT_EQ(period_of(time), period);
            EXPECT_LE(periods->start(period), time);
            EXPECT_LT(time, periods->end(period));
        }
        for (std::size_t period = 0; period < periods->size(); ++period) {
            for (const auto at : {periods->start(period), periods->end(period) - 1}) {
                if (first <= at && at <= latest && periods->start(period) < periods->end(period)) {
                    EXPECT_EQ(period_of(at), period);
                }
            }
        }
    });
}

/// As where a file has a time of the year 1, which .NET writes for none.
TEST(Periods, TooManySayWhatHelpsByTheirLength) {
    using std::chrono::January;
    const auto zone = TimeZone::find("Europe/Helsinki");
    ASSERT_TRUE(zone);
    const auto time_of = [](int year) {
        return Instant(std::chrono::sys_days(std::chrono::year(year) / January / 1))
            .time_since_epoch()
            .count();
    };
    const auto said = [&](Grain grain) {
        const auto periods = Periods::make(*zone, grain, time_of(1), time_of(2026));
        return periods ? std::string("none") : periods.error().message;
    };
    EXPECT_NE(said(Grain::Day).find("20000 days; ask by month"), std::string::npos)
        << said(Grain::Day);
    EXPECT_NE(said(Grain::Week).find("20000 weeks; ask by month"), std::string::npos)
        << said(Grain::Week);
    EXPECT_NE(said(Grain::Month).find("20000 months; such times"), std::string::npos)
        << said(Grain::Month);
    EXPECT_EQ(said(Grain::Month).find("ask by month"), std::string::npos);
    EXPECT_TRUE(Periods::make(*zone, Grain::Day, time_of(1990), time_of(2026)));
}

TEST(Periods, HoldEveryTimeAlsoOverChangesOfTheClock) {
    const std::int64_t begin = 1'767'225'600'000;  // 2026-01-01
    for (const Grain grain : {Grain::Day, Grain::Week, Grain::Month}) {
        expect_right("Europe/Helsinki", grain, begin, begin + 400 * 24 * hour);
        expect_right("UTC", grain, begin + 5, begin + 5);
    }
}

TEST(Periods, DaysAndWeeksAreEvenUnlessClocksAreChangedAllTheTime) {
    const std::int64_t begin = 1'000'000'000'000;  // 2001-09-09
    for (const char* name : {"UTC", "Europe/Helsinki", "Australia/Lord_Howe", "America/Havana"}) {
        const auto zone = TimeZone::find(name);
        ASSERT_TRUE(zone);
        for (const Grain grain : {Grain::Day, Grain::Week}) {
            for (int year = 0; year < 20; year += 3) {
                const std::int64_t first = begin + year * 365 * 24 * hour;
                const std::int64_t latest = first + 800 * 24 * hour;
                expect_right_in_words(*Periods::make(*zone, grain, first, latest), first, latest);
            }
        }
        EXPECT_FALSE(
            Periods::make(*zone, Grain::Month, begin, begin + 800 * 24 * hour)->are_even());
    }
    const std::int64_t century = begin + 36'500 * 24 * hour;
    const auto weeks = Periods::make(*TimeZone::find("UTC"), Grain::Week, begin, century);
    expect_right_in_words(*weeks, begin, century);
    EXPECT_FALSE(
        Periods::make(*TimeZone::find("Europe/Helsinki"), Grain::Week, begin, century)->are_even());
}

TEST(Periods, HoldAPlaceThatSkippedADay) {
    const std::int64_t begin = 1'324'684'800'000;  // 2011-12-24; 12-30 was left out
    const std::int64_t latest = begin + 14 * 24 * hour;
    expect_right("Pacific/Apia", Grain::Day, begin, latest);
    EXPECT_FALSE(
        Periods::make(*TimeZone::find("Pacific/Apia"), Grain::Day, begin, latest)->are_even());
}

}  // namespace
}  // namespace kokemus::timeline
