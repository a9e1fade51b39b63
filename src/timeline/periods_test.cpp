#include "timeline/periods.h"

#include <gtest/gtest.h>

namespace kokemus::timeline {
namespace {

using question::Grain;

constexpr std::int64_t hour = 3'600'000;

/// Every time of the span is in the period that says it holds it, both ways of asking alike.
void expect_right(const char* zone_name, Grain grain, std::int64_t first, std::int64_t latest) {
    const auto zone = TimeZone::find(zone_name);
    ASSERT_TRUE(zone);
    const auto periods = Periods::make(*zone, grain, first, latest);
    ASSERT_TRUE(periods);
    EXPECT_LE(periods->start(0), first);
    EXPECT_GT(periods->end(periods->size() - 1), latest);
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

TEST(Periods, HoldEveryTimeAlsoOverChangesOfTheClock) {
    const std::int64_t begin = 1'767'225'600'000;  // 2026-01-01
    for (const Grain grain : {Grain::Day, Grain::Week, Grain::Month}) {
        expect_right("Europe/Helsinki", grain, begin, begin + 400 * 24 * hour);
        expect_right("UTC", grain, begin + 5, begin + 5);
    }
}

TEST(Periods, HoldAPlaceThatSkippedADay) {
    const std::int64_t begin = 1'324'684'800'000;  // 2011-12-24; 12-30 was left out
    expect_right("Pacific/Apia", Grain::Day, begin, begin + 14 * 24 * hour);
}

}  // namespace
}  // namespace kokemus::timeline
