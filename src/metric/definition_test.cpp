#include "metric/definition.h"

#include <gtest/gtest.h>

#include "blueprint/built_in.h"

namespace kokemus::metric {
namespace {

using blueprint::Metric;
using blueprint::MetricKind;

blueprint::Blueprint plain() {
    return blueprint::with_built_ins(blueprint::Blueprint());
}

Metric named(std::string name, MetricKind kind, std::string scale) {
    Metric metric;
    metric.name = std::move(name);
    metric.kind = kind;
    metric.scale = std::move(scale);
    return metric;
}

Definition built_in(std::string_view name) {
    const auto blueprint = plain();
    return define(*blueprint.metric(name), blueprint);
}

TEST(Definition, BuiltInMetricsInWords) {
    EXPECT_EQ(built_in("nps").text, "share of 9 and 10 less share of 0 to 6, in points");
    EXPECT_EQ(built_in("csat").text, "share of answers of 4 to 5 on csat5");
    EXPECT_EQ(built_in("ces").text, "share of answers of 5 to 7 on ces7");
    EXPECT_EQ(built_in("stars").text, "mean answer on stars5, 1 to 5");
    EXPECT_EQ(built_in("score").text, "mean experience over all scales, -3 worst to +3 best");
    EXPECT_EQ(built_in("kept").text, "promises kept of those kept, late or broken");
    EXPECT_EQ(built_in("contact_rate").text, "contacts per customer, thread or episode");
    EXPECT_EQ(built_in("completion").text, "episodes completed of those completed or abandoned");
}

TEST(Definition, BuiltInMetricsInUnitsAndVersions) {
    EXPECT_EQ(name_of(built_in("nps").unit), "points");
    EXPECT_EQ(name_of(built_in("csat").unit), "share");
    EXPECT_EQ(name_of(built_in("stars").unit), "score");
    EXPECT_EQ(name_of(built_in("score").unit), "experience");
    EXPECT_EQ(name_of(built_in("contact_rate").unit), "rate");
    EXPECT_EQ(built_in("nps").version, "nps 1");
    EXPECT_EQ(built_in("nps").minimum(), 10U);
}

TEST(Definition, EffortByMeanIsAScore) {
    Metric metric = named("effort", MetricKind::Ces, "ces5");
    metric.ces = blueprint::CesDefinition::Mean;
    const Definition definition = define(metric, plain());
    EXPECT_EQ(definition.unit, Unit::Score);
    EXPECT_EQ(definition.text, "mean answer on ces5, 1 to 5");
}

TEST(Definition, LowIsGoodTurnsTheGoodAnswersRound) {
    blueprint::Blueprint blueprint = plain();
    blueprint.scales.push_back({"effort", 1, 7, false});
    const Definition effort = define(named("easy", MetricKind::Ces, "effort"), blueprint);
    EXPECT_TRUE(effort.is_good(3));
    EXPECT_FALSE(effort.is_good(4));
    EXPECT_EQ(effort.text, "share of answers of 1 to 3 on effort");
    const Definition mean = define(named("m", MetricKind::Mean, "effort"), blueprint);
    EXPECT_EQ(mean.text, "mean answer on effort, 1 to 7, low is good");
}

TEST(Definition, AShareOfGoodAnswersIsGoodWhenHighEvenIfTheScaleIsTurnedRound) {
    blueprint::Blueprint blueprint = plain();
    blueprint.scales.push_back({"effort", 1, 7, false});
    Metric metric = named("easy", MetricKind::Ces, "effort");
    metric.high_is_good = false;  // as the scale
    EXPECT_TRUE(define(metric, blueprint).high_is_good());
    metric.ces = blueprint::CesDefinition::Mean;
    EXPECT_FALSE(define(metric, blueprint).high_is_good());
    EXPECT_FALSE(built_in("contact_rate").high_is_good());
    EXPECT_TRUE(built_in("stars").high_is_good());
}

TEST(Definition, DeclaredLeastGoodAnswerStands) {
    Metric metric = named("delight", MetricKind::Csat, "csat5");
    metric.good_from = 5;
    EXPECT_EQ(define(metric, plain()).text, "share of answers of 5 on csat5");
}

TEST(Definition, LevelsOfAScale) {
    EXPECT_EQ(built_in("nps").range.levels, 11);
    EXPECT_EQ(built_in("stars").range.levels, 5);
    EXPECT_EQ(built_in("score").range.levels, 7);
    blueprint::Blueprint blueprint = plain();
    blueprint.scales.push_back({"slider", 0, 0.5, true});
    const Metric metric = named("m", MetricKind::Mean, "slider");
    EXPECT_EQ(define(metric, blueprint).range.levels, 7);
}

TEST(Definition, AMinimumBelowOneIsOne) {
    Metric metric;
    metric.minimum = -5;
    EXPECT_EQ(define(metric, plain()).minimum(), 1U);
}

}  // namespace
}  // namespace kokemus::metric
