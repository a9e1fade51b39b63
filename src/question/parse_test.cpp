#include "question/parse.h"

#include <chrono>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/limits.h"
#include "blueprint/blueprint_read.h"
#include "blueprint/reserved_words.h"
#include "question/condition_words.h"
#include "question/field.h"
#include "question/format.h"
#include "question/question_words.h"
#include "question/token_reader.h"

namespace kokemus::question {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using testing::ElementsAre;
using testing::HasSubstr;

const blueprint::Blueprint& shop() {
    static const blueprint::Blueprint read = blueprint::read_blueprint(R"(
[touchpoint.a]
[journey.moving]
starts = ["a"]
path = ["a"]
[journey.customer]
starts = ["a"]
[promise.delivery]
kept = ["a"]
[metric.moved]
kind = "completion"
journey = "moving"
[dimension.plan]
source = "traits"
[dimension.region]
)")
                                                 .blueprint;
    return read;
}

Question read(std::string_view text) {
    auto question = parse_question(text, shop());
    EXPECT_TRUE(question) << text << ": " << question.error().message;
    return question ? *question : Question();
}

std::string fault_of(std::string_view text) {
    const auto question = parse_question(text, shop());
    return question ? "no fault" : question.error().message;
}

TEST(ParseQuestion, ABareKindAsksOverEverything) {
    const Question flow = read("flow");
    EXPECT_EQ(flow.kind, Kind::Flow);
    EXPECT_EQ(flow.per, Unit());
    EXPECT_EQ(flow.range, TimeRange());
    EXPECT_EQ(flow.where, nullptr);
    EXPECT_FALSE(flow.counts_only);
    EXPECT_EQ(read("  PROMISES ").kind, Kind::Promises);
}

TEST(ParseQuestion, AFlowMayAskForItsCountsAlone) {
    EXPECT_TRUE(read("flow counts").counts_only);
    EXPECT_TRUE(read("flow COUNTS per thread").counts_only);
    EXPECT_THAT(fault_of("flow per thread counts"), HasSubstr("expected a clause"));
}

TEST(ParseQuestion, EmptyTextSaysWhatToBeginWith) {
    EXPECT_THAT(fault_of(""),
                HasSubstr("column 1: the question is empty; begin with flow, variants, funnel"));
    EXPECT_THAT(fault_of("flwo"), HasSubstr("column 1: there is no question \"flwo\""));
    EXPECT_THAT(fault_of("flwo"), HasSubstr("did you mean \"flow\"?"));
    EXPECT_EQ(fault_of("'flow'"),
              "column 1: a question begins with a word that stands without quotes");
}

TEST(ParseQuestion, ClausesStandInAnyOrder) {
    const Question a =
        read("episodes limit 5 where channel = 'x' per thread offset 2 from 2026-01-01");
    const Question b =
        read("episodes from 2026-01-01 per thread where channel = 'x' limit 5 offset 2");
    EXPECT_EQ(a, b);
    EXPECT_EQ(a.limit, 5U);
    EXPECT_EQ(a.offset, 2U);
    EXPECT_EQ(a.per.kind, UnitKind::Thread);
}

TEST(ParseQuestion, AQuotedUnitIsAJourneyABareOneAKeyword) {
    EXPECT_EQ(read("flow per customer").per.kind, UnitKind::Customer);
    EXPECT_EQ(read("flow per 'customer'").per, (Unit{UnitKind::Journey, "customer"}));
    EXPECT_EQ(read("flow per moving").per, (Unit{UnitKind::Journey, "moving"}));
    EXPECT_EQ(fault_of("flow per thred"),
              "column 10: the blueprint has no journey \"thred\"; did you mean \"thread\"?");
}

TEST(ParseQuestion, StepsAreSetsOfTouchpoints) {
    const Question funnel = read("funnel a | 'b c' then (d, e) then f within 90m");
    EXPECT_THAT(funnel.steps,
                ElementsAre(ElementsAre("a", "b c"), ElementsAre("d", "e"), ElementsAre("f")));
    EXPECT_EQ(funnel.within, Milliseconds(90min));
    EXPECT_THAT(fault_of("funnel a"), HasSubstr("a funnel has at least two steps"));
    EXPECT_THAT(fault_of("funnel"), HasSubstr("expected a touchpoint, found the end"));
    EXPECT_THAT(fault_of("funnel a then"), HasSubstr("expected a touchpoint"));
    EXPECT_THAT(fault_of("funnel a then '' "), HasSubstr("found an empty text"));
    EXPECT_THAT(fault_of("funnel a then b within 0"), HasSubstr("more than zero"));
    EXPECT_THAT(fault_of("funnel a then b within 1 month"), HasSubstr("a month has 28 to 31 days"));
}

TEST(ParseQuestion, PlainDaysAreInUtcWithoutATimeZoneAndToIncludesItsDay) {
    const Question january = read("flow from 2026-01-01 to 2026-01-31");
    EXPECT_EQ(january.range.from, Instant(sys_days(2026y / 1 / 1)));
    EXPECT_EQ(january.range.to, Instant(sys_days(2026y / 2 / 1)));
    const Question morning = read("flow to '2026-01-31 08:00'");
    EXPECT_EQ(morning.range.to, Instant(sys_days(2026y / 1 / 31)) + 8h);
    EXPECT_EQ(read("flow from 1767225600").range.from, Instant(sys_days(2026y / 1 / 1)));
}

TEST(ParseQuestion, PlainDaysAreDaysOfTheTimeZone) {
    blueprint::Blueprint helsinki = shop();
    helsinki.time_zone = "Europe/Helsinki";
    const auto march = parse_question("flow from 2026-03-29 to 2026-03-29", helsinki);
    ASSERT_TRUE(march);
    EXPECT_EQ(march->range.from, Instant(sys_days(2026y / 3 / 28)) + 22h);
    EXPECT_EQ(march->range.to - march->range.from, 23h);  // the clocks go forward
    EXPECT_EQ(parse_question("flow from 2026-03-29T08:00", helsinki).error().column, 11);
    EXPECT_TRUE(parse_question("flow from 2026-03-29T08:00+02:00", helsinki));
    EXPECT_TRUE(parse_question("flow from '2026-03-29 08:00Z'", helsinki));
    EXPECT_TRUE(parse_question("flow from 1767225600", helsinki));
}

TEST(ParseQuestion, TheEndsOfTimeAreNoEnds) {
    EXPECT_EQ(read("flow to 9999-12-31").range.to, Instant::max());
    EXPECT_EQ(read("flow from 0001-01-01").range.from, Instant(sys_days(1y / 1 / 1)));
}

TEST(ParseQuestion, RangesMustHoldSomething) {
    EXPECT_THAT(fault_of("flow from 2026-01-02 to 2026-01-01"), HasSubstr("the range is empty"));
    EXPECT_EQ(fault_of("flow from 2026-01-01 to 2026-01-01"), "no fault");
    EXPECT_THAT(fault_of("flow from 2026-02-30"), HasSubstr("column 11: "));
    EXPECT_THAT(fault_of("flow from yesterday"), HasSubstr("expected a day or a time"));
}

TEST(ParseQuestion, ATrendGoesByTimeABreakdownByAField) {
    EXPECT_EQ(read("trend nps").grain, Grain::Week);
    EXPECT_EQ(read("trend nps by month").grain, Grain::Month);
    EXPECT_THAT(fault_of("trend nps by channel"), HasSubstr("expected day, week or month"));
    EXPECT_EQ(read("breakdown nps by Channel").by, (Field{FieldOf::Encounter, "channel"}));
    EXPECT_EQ(read("breakdown nps by plan").by, (Field{FieldOf::Customer, "plan"}));
    EXPECT_EQ(read("breakdown nps by region").by, (Field{FieldOf::Dimension, "region"}));
    EXPECT_EQ(fault_of("breakdown nps"),
              "column 14: a breakdown needs its field; write by channel, say");
    EXPECT_THAT(fault_of("breakdown nps by score"), HasSubstr("score is a number"));
    EXPECT_THAT(fault_of("breakdown nps by plna"), HasSubstr("did you mean \"plan\"?"));
}

TEST(ParseQuestion, ClausesThatAKindDoesNotTakeAreRefused) {
    EXPECT_EQ(fault_of("flow limit 5"), "column 6: flow takes no limit; leave it out");
    EXPECT_THAT(fault_of("flow within 5d"), HasSubstr("flow takes no within"));
    EXPECT_THAT(fault_of("episodes by channel"), HasSubstr("episodes takes no by"));
    EXPECT_THAT(fault_of("timeline x per thread"), HasSubstr("timeline takes no per"));
    EXPECT_THAT(fault_of("flow per thread per thread"), HasSubstr("column 17: per stands twice"));
    EXPECT_THAT(fault_of("flow where score = 1 where score = 2"), HasSubstr("join both with and"));
    EXPECT_THAT(fault_of("flow collapsed"), HasSubstr("expected a clause"));
    EXPECT_THAT(fault_of("variants limit 0"),
                HasSubstr("expected a number of rows from 1 to 10000"));
    EXPECT_THAT(fault_of("variants limit 10001"), HasSubstr("from 1 to 10000"));
    EXPECT_THAT(fault_of("variants limit 5d"), HasSubstr("from 1 to 10000"));
}

TEST(ParseQuestion, HavingJudgesUnits) {
    EXPECT_TRUE(
        read("flow where score < 3 having not (touches a or has (score = 1)) and plan = x").having);
    EXPECT_EQ(
        fault_of("flow having touches a and channel = x"),
        "column 13: having judges whole units; write has (...) around conditions on an encounter");
}

TEST(ParseQuestion, CompletionIsOfAJourney) {
    EXPECT_THAT(fault_of("trend completion"), HasSubstr("write per and the name of a journey"));
    EXPECT_EQ(read("trend completion per 'moving'").metric, "completion");
}

TEST(ParseQuestion, AMetricOfAJourneyBringsItsUnit) {
    EXPECT_EQ(read("trend moved").per, (Unit{UnitKind::Journey, "moving"}));
    EXPECT_EQ(read("trend moved per moving").per, (Unit{UnitKind::Journey, "moving"}));
    EXPECT_THAT(fault_of("trend moved per thread"),
                HasSubstr("moved is of the journey \"moving\""));
}

TEST(ParseQuestion, NamesAreHeldAgainstTheBlueprint) {
    EXPECT_EQ(fault_of("trend npss"),
              "column 7: there is no metric \"npss\"; did you mean \"nps\"?");
    EXPECT_THAT(fault_of("promises delivry"), HasSubstr("did you mean \"delivery\"?"));
    EXPECT_EQ(read("promises delivery").promise, "delivery");
    EXPECT_EQ(read("timeline 'c 1' limit 3").customer, "c 1");
    EXPECT_THAT(fault_of("timeline"), HasSubstr("expected a customer, found the end"));
}

TEST(ParseQuestion, ConformanceNeedsAJourneyWithAPath) {
    EXPECT_EQ(read("conformance per moving").per, (Unit{UnitKind::Journey, "moving"}));
    EXPECT_THAT(fault_of("conformance"), HasSubstr("column 12: conformance holds episodes"));
    EXPECT_THAT(fault_of("conformance per thread"), HasSubstr("the name of a journey"));
    EXPECT_THAT(fault_of("conformance per 'customer'"),
                HasSubstr("designs no path for the journey \"customer\""));
    EXPECT_THAT(fault_of("conformance per moving limit 5"), HasSubstr("takes no limit"));
}

TEST(ParseQuestion, LeaguesHaveUnitsAndMayBeAdjusted) {
    const Question league = read("league of nps by department adjusted for topic within channel");
    EXPECT_EQ(league.metric, "nps");
    EXPECT_EQ(league.by->name, "department");
    EXPECT_EQ(league.adjusted_for->name, "topic");
    EXPECT_EQ(league.among->name, "channel");
    EXPECT_EQ(read("league nps by plan"), read("league of nps by plan"));
    EXPECT_THAT(fault_of("league of nps"), HasSubstr("a league needs its units"));
    EXPECT_THAT(fault_of("league of nps by plan adjusted for plan"),
                HasSubstr("plan are the units of this league"));
    EXPECT_THAT(fault_of("league of nps by plan adjusted topic"), HasSubstr("expected \"for\""));
    EXPECT_THAT(fault_of("league of nps by plan adjusted for score"), HasSubstr("is a number"));
    EXPECT_THAT(fault_of("flow adjusted for plan"), HasSubstr("flow takes no adjusted"));
}

TEST(ParseQuestion, CausesNameTheContacts) {
    const Question causes = read("causes of 'call: bill' | chat within 3d");
    EXPECT_EQ(causes.steps, (std::vector<std::vector<std::string>>{{"call: bill", "chat"}}));
    EXPECT_EQ(causes.within, std::chrono::hours(72));
    EXPECT_EQ(read("causes a"), read("causes of (a)"));
    EXPECT_THAT(fault_of("causes of"), HasSubstr("found the end"));
    EXPECT_THAT(fault_of("causes of a by plan"), HasSubstr("causes takes no by"));
}

TEST(ParseQuestion, WhatIsLeftOverIsSaid) {
    EXPECT_THAT(fault_of("flow flow"), HasSubstr("column 6: expected a clause"));
    EXPECT_THAT(fault_of("flow where score = 1)"),
                HasSubstr("column 21: there is no \"(\" that this closes"));
}

TEST(ParseQuestion, EveryWordOfTheGrammarIsReservedFromDimensions) {
    const auto expect_reserved = [](std::string_view word) {
        EXPECT_TRUE(blueprint::is_reserved_word(word)) << word;
    };
    for (const std::string_view field : field_names({})) {
        expect_reserved(field);
    }
    for (const KindRule& rule : kind_rules()) {
        expect_reserved(rule.text);
    }
    for (const auto& words : {clause_words(), joining_words(), unit_condition_words()}) {
        for (const std::string_view word : words) {
            expect_reserved(word);
        }
    }
    for (const char* word : {"not",
                             "day",
                             "week",
                             "month",
                             "customer",
                             "any",
                             "forced",
                             "collapsed",
                             "without",
                             "adding",
                             "moving"}) {
        expect_reserved(word);
    }
}

TEST(ParseQuestion, ManyNamesReadInLinearTime) {
    std::string text = "episodes where follows ('a'";
    while (text.size() < limits::question_bytes_max - 10) {
        text += ",'a'";
    }
    EXPECT_TRUE(parse_question(text + ")", shop()));
    text = "episodes where duration in (1";
    while (text.size() < limits::question_bytes_max - 10) {
        text += ",1";
    }
    EXPECT_TRUE(parse_question(text + ")", shop()));
}

/// What questions are made of, and some of what they are not.
std::vector<std::string> words_of_the_grammar() {
    std::istringstream text(
        "flow funnel trend nps where having by per from 2026-01-01 within 7d ( ) , | : !: = < -> "
        "not "
        "and or in 'a' \" ' x channel score 5 -1 touches goes follows lasts status completed "
        "promise "
        "is late at risk reaches stops switches repeats has then START END limit ä duration min");
    std::vector<std::string> words{"\xff", "\xE2\x80\x99", std::string(1, '\0')};
    for (std::string word; text >> word;) {
        words.push_back(word);
    }
    return words;
}

TEST(ParseQuestion, AnyWordsAreReadWithoutHarm) {
    const bool held = rc::check("any words", [] {
        const auto words = *rc::gen::container<std::vector<std::string>>(
            rc::gen::elementOf(words_of_the_grammar()));
        std::string text =
            *rc::gen::element<std::string>("", "flow where ", "funnel a then b ", "trend nps ");
        for (const std::string& word : words) {
            text += word + (*rc::gen::arbitrary<bool>() ? " " : "");
        }
        const auto question = parse_question(text, shop());
        if (question) {
            RC_ASSERT(*parse_question(format(*question), shop()) == *question);
        } else {
            RC_ASSERT(!question.error().message.empty());
            RC_ASSERT(question.error().column <= static_cast<int>(text.size()) + 1);
        }
    });
    EXPECT_TRUE(held);
}

TEST(CaretLines, PointAtTheColumn) {
    EXPECT_EQ(caret_lines("äö x", 4), "äö x\n   ^");
    EXPECT_EQ(caret_lines("a\nb", 3), "a b\n  ^");
    EXPECT_EQ(caret_lines("", 1), "\n^");
}

}  // namespace
}  // namespace kokemus::question
