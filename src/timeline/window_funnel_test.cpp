#include "timeline/window_funnel.h"

#include <numeric>

#include <gtest/gtest.h>

#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using tiny::Ledger;
using Steps = std::vector<std::vector<std::string>>;

/// Touchpoints at minutes, followed through the steps; one customer.
WindowFunnel::Reached follow(const std::vector<std::pair<int, const char*>>& encounters,
                             const Steps& steps, std::optional<Milliseconds> within = {}) {
    Ledger ledger;
    for (const auto& [minute, touchpoint] : encounters) {
        ledger.add("c", minute, touchpoint);
    }
    const auto timeline = ledger.build();
    std::vector<Row> rows(timeline->rows());
    std::iota(rows.begin(), rows.end(), 0U);
    auto reached = WindowFunnel::make(timeline->parts.front(), steps, within)->follow(rows);
    for (std::size_t step = reached.level; step-- > 0;) {
        reached.times[step] = (reached.times[step] - reached.times[0]) / 60'000;
    }
    return reached;
}

const Steps abc = {{"a"}, {"b"}, {"c"}};
constexpr auto ten = std::chrono::minutes(10);

TEST(WindowFunnel, NeedsTheStepsInOrder) {
    EXPECT_EQ(follow({{0, "a"}, {1, "b"}, {2, "c"}}, abc).level, 3U);
    EXPECT_EQ(follow({{0, "a"}, {1, "x"}, {2, "b"}}, abc).level, 2U);
    EXPECT_EQ(follow({{0, "c"}, {1, "b"}, {2, "a"}}, abc).level, 1U);
    EXPECT_EQ(follow({{0, "b"}, {1, "c"}}, abc).level, 0U);
}

TEST(WindowFunnel, CountsTheWindowFromTheFirstStepInclusively) {
    EXPECT_EQ(follow({{0, "a"}, {10, "b"}}, abc, ten).level, 2U);
    EXPECT_EQ(follow({{0, "a"}, {11, "b"}}, abc, ten).level, 1U);
    EXPECT_EQ(follow({{0, "a"}, {6, "b"}, {12, "c"}}, abc, ten).level, 2U);
}

TEST(WindowFunnel, LetsALaterStartTakeOver) {
    EXPECT_EQ(follow({{0, "a"}, {8, "a"}, {12, "b"}, {17, "c"}}, abc, ten).level, 3U);
    // The chain from 0 stands at b; the start at 5 has not got there, so c must come by 10.
    EXPECT_EQ(follow({{0, "a"}, {1, "b"}, {5, "a"}, {12, "c"}}, abc, ten).level, 2U);
    EXPECT_EQ(follow({{0, "a"}, {1, "b"}, {5, "a"}, {6, "b"}, {12, "c"}}, abc, ten).level, 3U);
}

TEST(WindowFunnel, TakesEqualTimesInTheTotalOrder) {
    EXPECT_EQ(follow({{0, "a"}, {0, "b"}, {0, "c"}}, abc).level, 3U);
    EXPECT_EQ(follow({{0, "b"}, {0, "a"}}, abc).level, 1U);
}

TEST(WindowFunnel, NeverTakesOneEncounterForTwoSteps) {
    const Steps twice = {{"a"}, {"a", "b"}, {"a"}};
    EXPECT_EQ(follow({{0, "a"}}, twice).level, 1U);
    EXPECT_EQ(follow({{0, "a"}, {1, "a"}}, twice).level, 2U);
    EXPECT_EQ(follow({{0, "a"}, {1, "b"}, {2, "a"}}, twice).level, 3U);
}

TEST(WindowFunnel, GivesTheTimesOfTheFirstChainThatGotThatFar) {
    const auto reached = follow({{0, "a"}, {3, "b"}, {4, "a"}, {5, "b"}, {9, "x"}}, abc);
    EXPECT_EQ(reached.level, 2U);
    EXPECT_EQ(reached.times[1], 3);
    EXPECT_EQ(reached.place, 1U);
}

}  // namespace
}  // namespace kokemus::timeline
