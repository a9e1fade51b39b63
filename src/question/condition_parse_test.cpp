#include "question/condition_parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "blueprint/blueprint_read.h"
#include "question/parse.h"

namespace kokemus::question {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

const blueprint::Blueprint& shop() {
    static const blueprint::Blueprint read = blueprint::read_blueprint(R"(
[touchpoint.a]
[touchpoint.b]
[journey.buying]
starts = ["a"]
path = ["a", "b"]
[journey.asking]
starts = ["a"]
[promise.delivery]
kept = ["a"]
[dimension.plan]
source = "traits"
[dimension.region]
)")
                                                 .blueprint;
    return read;
}

ConditionPtr read(std::string_view text) {
    auto condition = parse_condition(text, shop());
    EXPECT_TRUE(condition) << text << ": " << condition.error().message;
    return condition ? *condition : nullptr;
}

template <typename Is>
Is read_as(std::string_view text) {
    const ConditionPtr condition = read(text);
    const Is* is = condition == nullptr ? nullptr : std::get_if<Is>(&condition->is);
    EXPECT_NE(is, nullptr) << text;
    return is == nullptr ? Is() : *is;
}

std::string fault_of(std::string_view text) {
    const auto condition = parse_condition(text, shop());
    return condition ? "no fault" : condition.error().message;
}

bool same(std::string_view a, std::string_view b) {
    return equal(read(a), read(b));
}

const Field channel{FieldOf::Encounter, "channel"};
const Field score{FieldOf::Encounter, "score"};

TEST(ParseCondition, BlanksAreNoCondition) {
    EXPECT_EQ(parse_condition("", shop()).value(), nullptr);
    EXPECT_EQ(parse_condition("  ", shop()).value(), nullptr);
}

TEST(ParseCondition, TextFields) {
    EXPECT_EQ(read_as<TextCondition>("channel = 'phone'"),
              (TextCondition{channel, {"phone"}, false}));
    EXPECT_EQ(read_as<TextCondition>("channel != phone"),
              (TextCondition{channel, {"phone"}, true}));
    EXPECT_EQ(read_as<TextCondition>("channel in ('a', \"b\")"),
              (TextCondition{channel, {"a", "b"}, false}));
    EXPECT_EQ(read_as<TextCondition>("channel not in (a)"), (TextCondition{channel, {"a"}, true}));
    EXPECT_EQ(read_as<TextCondition>("channel:a,b"), (TextCondition{channel, {"a", "b"}, false}));
    EXPECT_EQ(read_as<TextCondition>("channel!:'a b'"), (TextCondition{channel, {"a b"}, true}));
    EXPECT_EQ(read_as<TextCondition>("channel = ''"), (TextCondition{channel, {""}, false}));
}

TEST(ParseCondition, FieldsResolveAgainstTheBlueprint) {
    EXPECT_EQ(read_as<TextCondition>("plan = 5").field, (Field{FieldOf::Customer, "plan"}));
    EXPECT_THAT(read_as<TextCondition>("plan = 5").values, ElementsAre("5"));
    EXPECT_EQ(read_as<TextCondition>("region = north").field,
              (Field{FieldOf::Dimension, "region"}));
    EXPECT_EQ(read_as<TextCondition>("CUSTOMER = c1").field,
              (Field{FieldOf::Customer, "customer"}));
    EXPECT_EQ(fault_of("pln = gold"),
              "column 1: there is no field \"pln\"; did you mean \"plan\"?");
    EXPECT_EQ(fault_of("score > 3 tuches 'a'"),
              "column 11: there is no field \"tuches\"; did you mean \"touches\"?");
    EXPECT_EQ(fault_of("Plan = gold"),
              "column 1: there is no field \"Plan\"; did you mean \"plan\"?");
}

TEST(ParseCondition, NumberFields) {
    EXPECT_EQ(read_as<NumberCondition>("score<=2"),
              (NumberCondition{score, Comparison::LessOrEqual, 2}));
    EXPECT_EQ(read_as<NumberCondition>("score != -2.5"),
              (NumberCondition{score, Comparison::NotEqual, -2.5}));
    EXPECT_EQ(read_as<NumberCondition>("duration > 5m").number, 300);
    EXPECT_EQ(read_as<NumberCondition>("duration > 1.5 hours").number, 5400);
    EXPECT_EQ(read_as<NumberCondition>("duration > 90").number, 90);
    EXPECT_TRUE(same("score in (9, 10)", "(score = 9 or score = 10)"));
    EXPECT_TRUE(same("score!:9,10", "(score != 9 and score != 10)"));
    EXPECT_TRUE(same("score:9", "score = 9"));
}

TEST(ParseCondition, TimesAreInstantsOrWholeDays) {
    const Field time{FieldOf::Encounter, "time"};
    const double day = 86'400'000.0;
    EXPECT_EQ(read_as<NumberCondition>("time >= 1970-01-02T00:00:00Z"),
              (NumberCondition{time, Comparison::GreaterOrEqual, day}));
    EXPECT_EQ(read_as<NumberCondition>("time < 1970-01-02"),
              (NumberCondition{time, Comparison::Less, day}));
    EXPECT_EQ(read_as<NumberCondition>("time <= 1970-01-02"),
              (NumberCondition{time, Comparison::Less, 2 * day}));
    EXPECT_EQ(read_as<NumberCondition>("time > 1970-01-02"),
              (NumberCondition{time, Comparison::GreaterOrEqual, 2 * day}));
    EXPECT_TRUE(same("time:1970-01-02", "time >= 1970-01-02 and time < 1970-01-03"));
    EXPECT_TRUE(same("time != 1970-01-02", "(time < 1970-01-02 or time >= 1970-01-03)"));
    EXPECT_TRUE(read("has (time <= 9999-12-31)"));
    EXPECT_THAT(fault_of("time > soon"), HasSubstr("expected a day or a time"));
    EXPECT_THAT(fault_of("time in (1970-01-02)"), HasSubstr("expected one of = != < <= > >="));
}

TEST(ParseCondition, WhatDoesNotFitTheFieldIsSaid) {
    EXPECT_EQ(fault_of("channel > 3"),
              "column 9: channel is a text; write =, !=, in (...) or not in (...)");
    EXPECT_EQ(fault_of("score = high"), "column 9: expected a number for score, found \"high\"");
    EXPECT_EQ(fault_of("score = '3'"), "column 9: expected a number for score, found \"3\"");
    EXPECT_EQ(fault_of("score = 1e999"), "column 9: expected a number for score, found \"1e999\"");
    EXPECT_EQ(fault_of("score = 3d"), "column 9: expected a number for score, found \"3d\"");
    EXPECT_EQ(fault_of("channel = (a, b)"), "column 11: write in (...) before several values");
    EXPECT_EQ(fault_of("channel in a"), "column 12: expected \"(\" and the values, found \"a\"");
    EXPECT_EQ(fault_of("channel"),
              "column 8: expected =, !=, in (...) or not in (...) after channel, found the end");
    EXPECT_EQ(fault_of("channel = and"),
              "column 11: expected a value of channel, found the keyword \"and\"; write it in "
              "quotes if it is meant");
    EXPECT_THAT(fault_of("channel in (a, b"), HasSubstr("expected \")\", found the end"));
    EXPECT_THAT(fault_of("'channel' = a"), HasSubstr("expected a condition"));
}

TEST(ParseCondition, AndBindsTighterThanOrAndMayBeLeftOut) {
    EXPECT_TRUE(same("score=1 or score=2 and score=3", "score=1 or (score=2 and score=3)"));
    EXPECT_TRUE(same("score=1 score=2 or score=3", "(score=1 and score=2) or score=3"));
    EXPECT_TRUE(same("not score=1 score=2", "(not score=1) and score=2"));
    EXPECT_FALSE(same("not (score=1 score=2)", "not score=1 score=2"));
    EXPECT_EQ(read_as<And>("score=1 score=2 and score=3").parts.size(), 3U);
    EXPECT_THAT(fault_of("score=1 and"), HasSubstr("expected a condition"));
    EXPECT_THAT(fault_of("score=1 or or score=2"), HasSubstr("column 12"));
    EXPECT_THAT(fault_of("()"),
                HasSubstr("expected a condition, such as channel = 'phone', found \")\""));
}

TEST(ParseCondition, OnTheUnit) {
    EXPECT_THAT(read_as<Touches>("touches ('a', b)").touchpoints, ElementsAre("a", "b"));
    EXPECT_EQ(read_as<Goes>("goes START->a"), (Goes{"START", "a"}));
    EXPECT_EQ(read_as<Follows>("follows collapsed (a, b)"), (Follows{{"a", "b"}, true}));
    EXPECT_EQ(read_as<Lasts>("lasts > 3 days"), (Lasts{Comparison::Greater, Milliseconds(72h)}));
    EXPECT_EQ(read_as<Size>("encounters >= 5"), (Size{Comparison::GreaterOrEqual, 5}));
    EXPECT_EQ(read_as<StatusCondition>("status = Completed"),
              (StatusCondition{{EpisodeStatus::Completed}, false}));
    EXPECT_EQ(read_as<StatusCondition>("status not in (open, abandoned)"),
              (StatusCondition{{EpisodeStatus::Open, EpisodeStatus::Abandoned}, true}));
    EXPECT_EQ(read_as<StatusCondition>("status:open"),
              (StatusCondition{{EpisodeStatus::Open}, false}));
    EXPECT_EQ(read_as<PromiseCondition>("promise delivery is late"),
              (PromiseCondition{"delivery", {PromiseOutcome::Late}}));
    EXPECT_EQ(read_as<PromiseCondition>("promise is (kept, at risk)"),
              (PromiseCondition{"", {PromiseOutcome::Kept, PromiseOutcome::AtRisk}}));
    EXPECT_EQ(read_as<Repeats>("repeats").within, Milliseconds(7 * 24h));
    EXPECT_EQ(read_as<Repeats>("repeats within 2d").within, Milliseconds(48h));
    const auto inside = [](const std::string& text) { return read_as<Has>(text).inner->is; };
    EXPECT_EQ(std::get<MakesPromise>(inside("has (promise delivery is late)")),
              (MakesPromise{"delivery", {PromiseOutcome::Late}}));
    EXPECT_EQ(std::get<FirstContact>(inside("has (first contact within 2d)")),
              (FirstContact{48h, false}));
    EXPECT_EQ(std::get<FirstContact>(inside("has (repeats)")), (FirstContact{24h * 7, true}));
}

TEST(ParseCondition, StepsOfAFunnel) {
    EXPECT_EQ(read_as<Reaches>("reaches (a|b, c then (d, e)) within 7d"),
              (Reaches{{{"a", "b"}, {"c"}, {"d", "e"}}, Milliseconds(7 * 24h), 0}));
    EXPECT_EQ(read_as<Reaches>("stops (a, b) at 1"), (Reaches{{{"a"}, {"b"}}, std::nullopt, 1}));
    EXPECT_THAT(fault_of("stops (a, b) at 3"),
                HasSubstr("expected a step from 1 to 2, found \"3\""));
    EXPECT_THAT(fault_of("stops (a, b)"), HasSubstr("expected \"at\", found the end"));
    std::string many = "reaches (a";
    for (std::size_t i = 0; i < limits::funnel_steps_max; ++i) {
        many += ", a";
    }
    EXPECT_THAT(fault_of(many + ")"), HasSubstr("more than 32 steps"));
}

TEST(ParseCondition, Switches) {
    EXPECT_EQ(read_as<question::Switches>("switches"), (question::Switches{"", "", false}));
    EXPECT_EQ(read_as<question::Switches>("switches forced"), (question::Switches{"", "", true}));
    EXPECT_EQ(read_as<question::Switches>("switches web -> 'on site'"),
              (question::Switches{"web", "on site", false}));
    EXPECT_EQ(read_as<question::Switches>("switches forced any -> phone"),
              (question::Switches{"", "phone", true}));
    EXPECT_EQ(read_as<question::Switches>("switches 'any' -> phone").from_channel, "any");
    // Without an arrow the next word begins the next condition.
    EXPECT_TRUE(same("switches channel = web", "switches and channel = web"));
}

TEST(ParseCondition, Deviates) {
    const std::vector<std::string> path{"a", "b"};
    EXPECT_EQ(read_as<Deviates>("deviates from buying"),
              (Deviates{"buying", path, Deviation::Any, ""}));
    EXPECT_EQ(read_as<Deviates>("deviates from 'buying' without b"),
              (Deviates{"buying", path, Deviation::LeftOut, "b"}));
    EXPECT_EQ(read_as<Deviates>("deviates from 'buying' adding 'call: bill'"),
              (Deviates{"buying", path, Deviation::PutIn, "call: bill"}));
    EXPECT_EQ(read_as<Deviates>("deviates from buying moving a"),
              (Deviates{"buying", path, Deviation::Moved, "a"}));
    EXPECT_TRUE(
        same("deviates from buying channel = web", "deviates from buying and channel = web"));
    EXPECT_THAT(fault_of("deviates buying"), HasSubstr("expected \"from\""));
    EXPECT_THAT(fault_of("deviates from buing"), HasSubstr("did you mean \"buying\"?"));
    EXPECT_THAT(fault_of("deviates from asking"), HasSubstr("designs no path"));
    EXPECT_THAT(fault_of("has (deviates from buying)"), HasSubstr("speaks of the whole unit"));
}

TEST(ParseCondition, EndsOfAUnitStandOnTheirSide) {
    EXPECT_THAT(fault_of("goes END -> a"), HasSubstr("column 6: nothing follows END"));
    EXPECT_THAT(fault_of("goes a -> START"), HasSubstr("column 11: nothing comes before START"));
    EXPECT_THAT(fault_of("goes START -> END"), HasSubstr("at least one encounter"));
    EXPECT_THAT(fault_of("goes a b"), HasSubstr("expected \"->\", found \"b\""));
    EXPECT_THAT(fault_of("follows collapsed (a, a)"), HasSubstr("stands twice in a row"));
}

TEST(ParseCondition, HasLooksAtOneEncounter) {
    EXPECT_TRUE(equal(read_as<Has>("has (channel = a score < 3)").inner,
                      read("channel = a and score < 3")));
    EXPECT_THAT(fault_of("has (touches a)"), HasSubstr("touches speaks of the whole unit"));
    EXPECT_THAT(fault_of("has (has (score = 1))"), HasSubstr("has speaks of the whole unit"));
    EXPECT_THAT(fault_of("has score = 1"), HasSubstr("expected \"(\""));
    EXPECT_TRUE(read("has (score = 1) and touches a"));
}

TEST(ParseCondition, WrongWordsAreSaid) {
    EXPECT_THAT(fault_of("status = done"),
                HasSubstr("expected completed, abandoned or open, found \"done\""));
    EXPECT_THAT(fault_of("promise delivery is soon"),
                HasSubstr("expected kept, late, broken, open or at risk"));
    EXPECT_THAT(fault_of("promise delivry is late"),
                HasSubstr("the blueprint has no promise \"delivry\"; did you mean \"delivery\"?"));
    EXPECT_THAT(fault_of("lasts 3d"), HasSubstr("expected one of = != < <= > >=, found \"3d\""));
    EXPECT_THAT(fault_of("lasts > -3d"), HasSubstr("negative"));
    EXPECT_THAT(fault_of("score = 1 from 2026-01-01"),
                HasSubstr("expected and, or, or the end of the filter"));
}

TEST(ParseCondition, DepthIsBounded) {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '(') + "score = 1" + std::string(depth, ')');
    };
    EXPECT_TRUE(parse_condition(nested(limits::filter_depth_max - 1), shop()));
    EXPECT_THAT(fault_of(nested(100'000)), HasSubstr("nested deeper than 64"));
    std::string nots;
    for (int i = 0; i < 60'000; ++i) {
        nots += "not ";
    }
    EXPECT_THAT(fault_of(nots + "score = 1"), HasSubstr("nested deeper than 64"));
}

}  // namespace
}  // namespace kokemus::question
