#include <map>

#include <gtest/gtest.h>

#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using question::Question;
using tiny::day;
using tiny::hour;
using tiny::Ledger;

void give_score(encounter::Encounter& encounter, double score) {
    encounter.score = score;
    encounter.scale = "nps";
}

blueprint::Blueprint with_metric(blueprint::Metric metric) {
    auto blueprint = tiny::four_channels();
    metric.name = "m";
    blueprint.metrics = {std::move(metric)};
    return blueprint;
}

Question about_m() {
    Question question;
    question.metric = "m";
    question.by = question::Field{question::FieldOf::Encounter, "channel"};
    return question;
}

TEST(Breakdown, CountsScoresOfTheScaleAndPlacesOfTheMetric) {
    blueprint::Metric nps;
    nps.kind = blueprint::MetricKind::Nps;
    nps.scale = "nps";
    nps.touchpoints = {"call", "ask"};
    Ledger ledger;
    give_score(ledger.add("a", 0, "call"), 9);
    give_score(ledger.add("a", 1, "call"), 9);
    give_score(ledger.add("a", 2, "ask"), 3);
    give_score(ledger.add("a", 3, "letter"), 3);
    give_score(ledger.add("a", 4, "call"), 1);
    ledger.entries.back().encounter.scale = "ces7";
    const auto breakdown = ledger.engine(with_metric(nps)).breakdown(about_m());
    ASSERT_EQ(breakdown->groups.size(), 3U) << "also the mail, without a score that counts";
    EXPECT_EQ(breakdown->groups[0].value, "bot");
    EXPECT_EQ(breakdown->groups[2].value, "phone");
    EXPECT_EQ(breakdown->groups[2].encounters, 3U);
    EXPECT_EQ(breakdown->groups[2].counts.levels, (std::map<double, std::uint64_t>{{9, 2}}));
    EXPECT_EQ(breakdown->total.levels, (std::map<double, std::uint64_t>{{3, 1}, {9, 2}}));
    EXPECT_DOUBLE_EQ(breakdown->total.scores.mean(), 7);
    EXPECT_DOUBLE_EQ(breakdown->total.scores.variance(), 12);
}

TEST(Breakdown, AMetricOfNoScaleAddsUpExperience) {
    auto blueprint = with_metric({});
    blueprint.scales = {{"nps", 0, 10, true}, {"effort", 1, 5, false}};
    Ledger ledger;
    give_score(ledger.add("a", 0, "call"), 10);
    give_score(ledger.add("a", 1, "call"), 5);
    give_score(ledger.add("a", 2, "call"), 5);
    ledger.entries.back().encounter.scale = "effort";
    give_score(ledger.add("a", 3, "call"), 4);
    ledger.entries.back().encounter.scale = "unheard of";
    const auto breakdown = ledger.engine(blueprint).breakdown(about_m());
    EXPECT_EQ(breakdown->total.levels, (std::map<double, std::uint64_t>{{-3, 1}, {0, 1}, {3, 1}}));
}

TEST(Breakdown, SaysWhenThereAreTooManyLevels) {
    blueprint::Metric mean;
    mean.scale = "nps";
    Ledger ledger;
    for (int i = 0; i < 300; ++i) {
        give_score(ledger.add("a", i, "call"), i);
    }
    const auto breakdown = ledger.engine(with_metric(mean)).breakdown(about_m());
    EXPECT_TRUE(breakdown->total.overflow);
    EXPECT_TRUE(breakdown->total.levels.empty());
    EXPECT_EQ(breakdown->total.scores.count(), 300U);
    EXPECT_DOUBLE_EQ(breakdown->total.scores.mean(), 149.5);
}

TEST(Breakdown, SumsContactsOverCustomers) {
    blueprint::Metric rate;
    rate.kind = blueprint::MetricKind::ContactRate;
    Ledger ledger;
    ledger.add("a", 0, "call", "t");
    ledger.add("a", 1, "ask", "t");
    ledger.add("a", 2, "look", "u");
    ledger.add("b", 0, "look", "t");
    ledger.add("c", 0, "call");
    Question question = about_m();
    question.per.kind = question::UnitKind::Thread;
    const auto breakdown = ledger.engine(with_metric(rate)).breakdown(question);
    EXPECT_EQ(breakdown->population.without_unit, 1U);
    EXPECT_EQ(breakdown->total.customers, 2U);
    EXPECT_EQ(breakdown->total.a, 2);
    EXPECT_EQ(breakdown->total.b, 3);
    EXPECT_EQ(breakdown->total.aa, 4);
    EXPECT_EQ(breakdown->total.ab, 4);
    EXPECT_EQ(breakdown->total.bb, 5);
    const auto& web = breakdown->groups[2];
    EXPECT_EQ(web.value, "web");
    EXPECT_EQ(web.counts.customers, 2U);
    EXPECT_EQ(web.counts.a, 0);
    EXPECT_EQ(web.counts.b, 2);
}

TEST(Breakdown, CountsEpisodesOfTheMetricsJourney) {
    blueprint::Metric completion;
    completion.kind = blueprint::MetricKind::Completion;
    completion.journey = "j";
    auto blueprint = with_metric(completion);
    blueprint::Journey journey;
    journey.name = "j";
    journey.starts = {"look"};
    journey.ends = {"call"};
    journey.silence = std::chrono::hours(1);
    blueprint.journeys = {journey};
    Ledger ledger;
    ledger.add("a", 0, "look");
    ledger.add("a", 1, "call");
    ledger.add("a", 2, "look");
    ledger.add("b", 500, "look");
    const auto engine = ledger.engine(blueprint);
    const auto breakdown = engine.breakdown(about_m());
    EXPECT_EQ(breakdown->total.completed, 1U);
    EXPECT_EQ(breakdown->total.abandoned, 1U);
    EXPECT_EQ(breakdown->total.unfinished, 1U);
    EXPECT_EQ(breakdown->groups[0].value, "phone");
    EXPECT_EQ(breakdown->groups[0].counts.completed, 1U);
    EXPECT_EQ(breakdown->groups[0].counts.abandoned, 0U);
    blueprint.metrics[0].journey.clear();
    EXPECT_EQ(ledger.engine(blueprint).breakdown(about_m()).error().code, ErrorCode::InvalidInput);
}

TEST(Trend, GivesEveryPeriodOfThePlace) {
    blueprint::Metric mean;
    mean.scale = "nps";
    auto blueprint = with_metric(mean);
    blueprint.time_zone = "Europe/Helsinki";
    Ledger ledger;
    give_score(ledger.add("a", 3 * day + 21 * hour + 59, "call"), 1);  // Sunday in Helsinki
    give_score(ledger.add("a", 3 * day + 22 * hour, "call"), 2);       // Monday
    give_score(ledger.add("a", 18 * day, "call"), 3);
    Question question = about_m();
    question.grain = question::Grain::Week;
    const auto engine = ledger.engine(blueprint);
    const auto trend = engine.trend(question);
    ASSERT_EQ(trend->groups.size(), 4U);
    EXPECT_EQ(format_instant(*trend->groups[0].start), "2025-12-28T22:00:00Z");
    EXPECT_EQ(format_instant(*trend->groups[0].end), "2026-01-04T22:00:00Z");
    EXPECT_EQ(trend->groups[0].encounters, 1U);
    EXPECT_EQ(trend->groups[1].counts.scores.mean(), 2);
    EXPECT_EQ(trend->groups[2].encounters, 0U) << "an empty week is a week";
    EXPECT_EQ(trend->groups[3].encounters, 1U);
    question.grain = question::Grain::Month;
    EXPECT_EQ(engine.trend(question)->groups.size(), 1U);
    question.range = {tiny::at(0), tiny::at(4 * day)};
    question.grain = question::Grain::Day;
    EXPECT_EQ(engine.trend(question)->groups.size(), 2U);
}

TEST(Trend, RefusesMoreDaysThanAnybodyReads) {
    Ledger ledger;
    ledger.add("a", -1000LL * 366 * day, "call");
    ledger.add("a", 0, "call");
    Question question = about_m();
    question.grain = question::Grain::Day;
    const auto engine = ledger.engine(with_metric({}));
    EXPECT_EQ(engine.trend(question).error().code, ErrorCode::InvalidInput);
    question.grain = question::Grain::Month;
    EXPECT_GT(engine.trend(question)->groups.size(), 12'000U);
}

}  // namespace
}  // namespace kokemus::timeline
