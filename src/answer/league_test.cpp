#include "answer/league.h"

#include <gtest/gtest.h>

#include "answer/sample_test.h"
#include "answer/small_groups.h"

namespace kokemus::answer {
namespace {

using question::Kind;
using sample::answered;
using sample::asking;

question::SeriesCounts departments(const std::vector<std::pair<std::uint64_t, std::uint64_t>>& of) {
    question::SeriesCounts counts = sample::engine().series_counts;
    counts.groups.clear();
    counts.total = {};
    for (std::size_t i = 0; i < of.size(); ++i) {
        question::MetricGroup group;
        group.value = std::string(1, static_cast<char>('A' + i));
        group.counts.levels = {{10, of[i].first}, {2, of[i].second}};
        group.encounters = of[i].first + of[i].second;
        metric::add(counts.total, group.counts);
        counts.groups.push_back(std::move(group));
    }
    return counts;
}

FakeEngine engine_of(const std::vector<std::pair<std::uint64_t, std::uint64_t>>& departments_of) {
    FakeEngine engine = sample::engine();
    engine.series_counts = departments(departments_of);
    return engine;
}

const LeagueTable& body_of(const Answer& answer) {
    return std::get<LeagueTable>(answer.body);
}

TEST(LeagueAnswer, TheWorstIsNamedWithItsRank) {
    const Answer answer =
        answered(asking(Kind::League), engine_of({{50, 50}, {55, 45}, {52, 48}, {10, 90}}));
    EXPECT_EQ(answer.finding.id, "league.worst");
    EXPECT_EQ(std::get<std::string>(answer.finding.values[1].second), "D");
    EXPECT_EQ(answer.finding.text.substr(answer.finding.text.size() - 24),
              "Its rank is 4 to 4 of 4.")
        << answer.finding.text;
    EXPECT_EQ(body_of(answer).drills.size(), 4U);
    EXPECT_NE(body_of(answer).drills.back().find("channel = 'D'"), std::string::npos);
}

TEST(LeagueAnswer, ThatNothingDiffersIsSaid) {
    const Answer answer = answered(asking(Kind::League), engine_of({{50, 50}, {51, 49}, {49, 51}}));
    EXPECT_EQ(answer.finding.id, "league.even");
    const Answer one = answered(asking(Kind::League), engine_of({{50, 50}, {1, 1}}));
    EXPECT_EQ(one.finding.id, "league.few");
    EXPECT_EQ(body_of(one).league.few, 1U);
}

TEST(LeagueAnswer, SinglePeopleAreNotRankedByChance) {
    question::Question question = asking(Kind::League);
    question.by = question::Field{question::FieldOf::Encounter, "employee"};
    const Answer answer = answered(question, engine_of({{12, 8}, {9, 11}, {7, 13}, {13, 7}}));
    EXPECT_EQ(answer.finding.id, "league.unreliable");
    for (const metric::LeagueUnit& unit : body_of(answer).league.units) {
        EXPECT_FALSE(unit.rank);
        EXPECT_NE(unit.why_no_rank.find("are needed"), std::string::npos);
    }
}

TEST(LeagueAnswer, ManyUnitsAreRefused) {
    FakeEngine engine = engine_of({{50, 50}});
    engine.series_counts.groups.assign(metric::league_units_max + 1,
                                       engine.series_counts.groups[0]);
    const auto answer = answer::answer(asking(Kind::League), engine, sample::shop(), {});
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().message.find("at most 500"), std::string::npos);
}

TEST(LeagueAnswer, OneForEachValueOfAField) {
    question::Question question = asking(Kind::League);
    question.among = question::Field{question::FieldOf::Encounter, "touchpoint"};
    const Answer answer = answered(question, engine_of({{50, 50}, {55, 45}, {52, 48}, {10, 90}}));
    EXPECT_EQ(answer.finding.id, "league.within");
    const auto& groups = std::get<ByValue>(answer.body);
    EXPECT_EQ(groups.by, "touchpoint");
    ASSERT_FALSE(groups.groups.empty());
    EXPECT_EQ(body_of(groups.groups.front().answer).league.units.size(), 4U);
    EXPECT_NE(groups.groups.front().answer.question.find("by channel"), std::string::npos);
}

TEST(LeagueAnswer, SmallUnitsAreWithheldAlsoFromTheRuns) {
    Answer answer =
        answered(asking(Kind::League), engine_of({{50, 50}, {52, 48}, {51, 49}, {300, 100}}));
    const CustomersBehind few_of_a = [](const std::string& drill) -> Result<std::uint64_t> {
        return drill.find("= 'A'") != std::string::npos ? 2 : 100;
    };
    ASSERT_TRUE(withhold_small_groups(answer, 5, few_of_a));
    const LeagueTable& table = body_of(answer);
    EXPECT_EQ(answer.withheld->rows, 2U) << "the next smallest goes with it";
    ASSERT_EQ(table.league.units.size(), 2U);
    EXPECT_EQ(table.drills.size(), 2U);
    for (const auto& run : table.league.inseparable) {
        for (const std::size_t unit : run) {
            EXPECT_LT(unit, 2U);
        }
    }
}

}  // namespace
}  // namespace kokemus::answer
