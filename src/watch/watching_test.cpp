#include "watch/watching.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"

namespace kokemus::watch {
namespace {

using testing::HasSubstr;

constexpr Instant monday = std::chrono::sys_days(std::chrono::year(2026) / 1 / 5);

/// Scores around 4 with weekends half a point lower, `worse` lower in the last ten days.
Series scores(double worse, std::uint64_t seed, int a_day = 25, int days = 210) {
    Series series;
    series.metric = "csat mean";
    series.unit = metric::Unit::Score;
    Random random = Random::named(seed, "watched scores");
    for (int day = 0; day < days; ++day) {
        Day one;
        one.start = monday + std::chrono::days(day);
        const double level = 4 - (day % 7 >= 5 ? .5 : 0) - (day >= days - 10 ? worse : 0);
        for (int i = 0; i < a_day; ++i) {
            one.outcome.add({random.normal(level, 1), 1});
        }
        series.days.push_back(one);
    }
    return series;
}

/// A share of kept promises, few a day, `worse` less in the last three weeks.
Series shares(double worse, std::uint64_t seed, int a_day = 4) {
    Series series;
    series.metric = "kept";
    series.unit = metric::Unit::Share;
    Random random = Random::named(seed, "watched shares");
    for (int day = 0; day < 210; ++day) {
        Day one;
        one.start = monday + std::chrono::days(day);
        for (int i = 0; i < a_day; ++i) {
            one.outcome.add({random.chance(.9 - (day >= 189 ? worse : 0)) ? 1.0 : 0.0, 1});
        }
        series.days.push_back(one);
    }
    return series;
}

TEST(Watching, ALastingFallIsFoundWithItsBeginning) {
    const Watched found = watched(scores(.8, 3), {}, 10);
    ASSERT_TRUE(found.known) << found.why_not;
    EXPECT_TRUE(found.alarm);
    EXPECT_EQ(found.chart, "cusum");
    EXPECT_GT(found.sum, found.limit);
    const auto days = (found.since.value() - monday) / std::chrono::days(1);
    EXPECT_GE(days, 197);
    EXPECT_LE(days, 203);
    EXPECT_NEAR(found.usual - found.now, .8, .25);
    EXPECT_EQ(found.z.size(), 28U);
    const auto changed = (found.changed.value() - monday) / std::chrono::days(1);
    EXPECT_NEAR(static_cast<double>(changed), 200, 3);
}

TEST(Watching, WeekendsAreUsualAndARiseIsNoWarning) {
    EXPECT_FALSE(watched(scores(0, 4), {}, 1).alarm);
    Series better = scores(-.8, 5);
    EXPECT_FALSE(watched(better, {}, 1).alarm);
    better.high_is_good = false;
    EXPECT_TRUE(watched(better, {}, 1).alarm);
}

TEST(Watching, ASmallChangeIsSaidToBeSmall) {
    Watched found;
    Series many = scores(.3, 6, 400);
    found = watched(many, {}, 10);
    EXPECT_FALSE(found.alarm);
    EXPECT_TRUE(found.small);
    EXPECT_GT(found.sum, found.limit);
}

TEST(Watching, AShareWithFewAnswersIsWatchedAnswerByAnswer) {
    const Watched found = watched(shares(.35, 7), {}, 10);
    ASSERT_TRUE(found.known) << found.why_not;
    EXPECT_EQ(found.chart, "bernoulli");
    EXPECT_TRUE(found.alarm);
    EXPECT_LT(found.now, found.usual);
    EXPECT_FALSE(watched(shares(0, 8), {}, 10).alarm);
    EXPECT_EQ(watched(shares(0, 8, 40), {}, 10).chart, "cusum");
}

TEST(Watching, TooYoungOrAllAlikeSaysSo) {
    const Watched young = watched(scores(0, 9, 25, 40), {}, 1);
    EXPECT_FALSE(young.known);
    EXPECT_THAT(young.why_not, HasSubstr("12 values"));
    Series alike = scores(0, 9);
    for (Day& day : alike.days) {
        day.outcome = {80, 20};
    }
    EXPECT_FALSE(watched(alike, {}, 1).known);
    EXPECT_FALSE(watched({}, {}, 1).known);
    Series silent = scores(0, 9);
    for (Day& day : silent.days) {
        day.outcome = {};
    }
    EXPECT_FALSE(watched(silent, {}, 1).known);
    Series undecided = scores(0, 9);
    for (std::size_t day = undecided.days.size() - 28; day < undecided.days.size(); ++day) {
        undecided.days[day].outcome = {};
    }
    EXPECT_THAT(watched(undecided, {}, 1).why_not, HasSubstr("none of the newest 28 days"));
}

TEST(Watching, TheBudgetOfFalseAlarmsIsKept) {
    // Alarms begin anew each time: of 300 series over four weeks, a budget of one a week gives
    // four.
    constexpr std::size_t together = 300;
    unsigned alarms = 0;
    for (std::size_t one = 0; one < together; ++one) {
        const Watched found = watched(scores(0, 1000 + one, 12), {}, together);
        alarms += found.alarm || found.small ? 1 : 0;
    }
    EXPECT_LE(alarms, 4 + 4 * std::sqrt(4.0)) << alarms;
}

TEST(Watching, MoreSeriesMeanHigherLimits) {
    EXPECT_GT(watched(scores(0, 4), {}, 100).limit, watched(scores(0, 4), {}, 10).limit);
    Settings often;
    often.false_alarms = 10;
    EXPECT_LT(watched(scores(0, 4), often, 10).limit, watched(scores(0, 4), {}, 10).limit);
}

}  // namespace
}  // namespace kokemus::watch
