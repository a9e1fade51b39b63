#include "answer/check.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "answer/sample_test.h"
#include "blueprint/built_in.h"

namespace kokemus::answer {
namespace {

blueprint::Metric metric(std::string name, double target) {
    blueprint::Metric metric;
    metric.name = std::move(name);
    metric.kind = blueprint::MetricKind::Nps;
    metric.scale = "nps";
    metric.target = target;
    return metric;
}

/// The shop with three targets on one score of 25, 12 to 37.
blueprint::Blueprint shop_with_targets() {
    blueprint::Blueprint shop = sample::shop();
    shop.metrics.push_back(metric("easy", 10));
    shop.metrics.push_back(metric("near", 30));
    shop.metrics.push_back(metric("hard", 50));
    shop.touchpoints[0].name = "order placed";
    return shop;
}

FakeEngine engine() {
    FakeEngine engine = sample::engine();
    engine.value_counts = {{"order placed", 300}, {"delivered", 240}, {"call", 60}};
    return engine;
}

CheckReport checked(const FakeEngine& engine, const blueprint::Blueprint& blueprint) {
    auto report = check(engine, blueprint);
    EXPECT_TRUE(report.has_value());
    return std::move(*report);
}

CheckVerdict verdict_on(const CheckReport& report, const std::string& name) {
    const auto row = std::ranges::find(report.rows, name, &CheckRow::name);
    EXPECT_NE(row, report.rows.end()) << name;
    return row->verdict;
}

TEST(Check, AnEmptyBlueprintAndNoEncounters) {
    const CheckReport report = checked(FakeEngine(), blueprint::Blueprint());
    EXPECT_TRUE(report.rows.empty());
    EXPECT_EQ(report.missed(), 0U);
    EXPECT_EQ(to_table(report), "The blueprint sets no target.\n");
    EXPECT_EQ(to_json(report),
              R"({"rows":[],"blueprint_version":0,"targets":0,"met":0,"missed":0,"unclear":0})");
}

TEST(Check, TargetsAreDecidedByTheWholeInterval) {
    const CheckReport report = checked(engine(), shop_with_targets());
    EXPECT_EQ(verdict_on(report, "easy"), CheckVerdict::Met);
    EXPECT_EQ(verdict_on(report, "near"), CheckVerdict::Unclear);
    EXPECT_EQ(verdict_on(report, "hard"), CheckVerdict::Missed);
    EXPECT_EQ(verdict_on(report, "delivery"), CheckVerdict::Missed);
    EXPECT_EQ(report.missed(), 2U);
}

TEST(Check, TooFewAnswersAreNotMissed) {
    FakeEngine few = engine();
    few.series_counts.total.levels = {{2, 4}};
    const CheckReport report = checked(few, shop_with_targets());
    EXPECT_EQ(verdict_on(report, "hard"), CheckVerdict::NotEnough);
}

TEST(Check, APromiseThatNobodyMade) {
    FakeEngine without = engine();
    without.promise_counts.promises.clear();
    EXPECT_EQ(verdict_on(checked(without, sample::shop()), "delivery"), CheckVerdict::NeverMade);
}

TEST(Check, TouchpointsThatAreUnknownOrUnowned) {
    const CheckReport report = checked(engine(), sample::shop());
    EXPECT_EQ(verdict_on(report, "call"), CheckVerdict::NotInBlueprint);
    EXPECT_EQ(verdict_on(report, "delivered"), CheckVerdict::NobodyOwns);
    EXPECT_EQ(std::ranges::find(report.rows, "order placed", &CheckRow::name), report.rows.end());
}

TEST(Check, ABlueprintWithoutTouchpointsIsSaidOnce) {
    const CheckReport report = checked(engine(), blueprint::Blueprint());
    ASSERT_EQ(report.rows.size(), 1U);
    EXPECT_EQ(report.rows[0].why, "the blueprint names no touchpoint; the encounters have 3");
}

TEST(Check, TouchpointsBeyondThoseThatAreLookedAtAreSaid) {
    FakeEngine many = engine();
    many.value_counts.assign(10'001, {"call", 1});
    const CheckReport report = checked(many, shop_with_targets());
    const auto row = std::ranges::find(report.rows, "(others)", &CheckRow::name);
    ASSERT_NE(row, report.rows.end());
    EXPECT_EQ(row->why,
              "the encounters have 10,001 touchpoints; only the 10,000 with most encounters were "
              "looked at");
    EXPECT_EQ(verdict_on(checked(engine(), shop_with_targets()), "call"),
              CheckVerdict::NotInBlueprint);
}

TEST(Check, JourneysThatNobodyWent) {
    FakeEngine nobody = engine();
    nobody.episode_page.total = 0;
    EXPECT_EQ(verdict_on(checked(nobody, sample::shop()), "getting it"), CheckVerdict::NoEpisodes);
    const CheckReport report = checked(engine(), sample::shop());
    EXPECT_EQ(std::ranges::find(report.rows, "getting it", &CheckRow::name), report.rows.end());
}

TEST(Check, CompletionIsCountedOverEveryJourney) {
    FakeEngine counting = engine();
    counting.series_of = [](const question::Question& question) {
        question::SeriesCounts counts;
        EXPECT_EQ(question.per.kind, question::UnitKind::Journey);
        counts.total.completed = question.per.journey == "a" ? 30 : 10;
        counts.total.abandoned = question.per.journey == "a" ? 0 : 60;
        return counts;
    };
    blueprint::Blueprint shop;
    shop.journeys.resize(2);
    shop.journeys[0].name = "a";
    shop.journeys[1].name = "b";
    blueprint::Metric completion;
    completion.name = "done";
    completion.kind = blueprint::MetricKind::Completion;
    completion.target = 0.4;
    shop.metrics = {completion};
    const CheckReport report = checked(counting, shop);
    ASSERT_FALSE(report.rows.empty());
    EXPECT_EQ(report.rows[0].value->is.n, 100U);
    EXPECT_NEAR(report.rows[0].value->is.estimate, 0.4, 1e-12);
}

TEST(Check, TableShowsWhatNeedsAttentionFirst) {
    EXPECT_EQ(to_table(checked(engine(), shop_with_targets())),
              "2 of 4 targets are missed, 1 met.\n"
              "\n"
              "verdict               what        name       why\n"
              "missed                metric      hard       25, 12 to 37 falls short of 50\n"
              "missed                promise     delivery   71%, 66 to 76 falls short of 90%\n"
              "unclear               metric      near       25, 12 to 37 holds 30 within its "
              "interval: it cannot be told\n"
              "not in the blueprint  touchpoint  call       60 encounters happened there\n"
              "nobody owns it        touchpoint  delivered  give it an `owner` in the blueprint\n"
              "met                   metric      easy       25, 12 to 37 holds 10\n");
}

TEST(Check, JsonHasEveryRow) {
    const std::string json = to_json(checked(engine(), shop_with_targets()));
    EXPECT_NE(json.find(R"("what":"metric","name":"hard","value":{"estimate":25,)"),
              std::string::npos);
    EXPECT_NE(json.find(R"("target":50,"verdict":"missed","why":)"), std::string::npos);
    EXPECT_NE(json.find(R"("what":"touchpoint","name":"call","value":null,"target":null)"),
              std::string::npos);
    EXPECT_NE(json.find(R"("targets":4,"met":1,"missed":2,"unclear":1})"), std::string::npos);
}

}  // namespace
}  // namespace kokemus::answer
