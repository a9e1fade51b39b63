#include "question/format.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "blueprint/blueprint_read.h"
#include "question/any_factor_test.h"
#include "question/field.h"
#include "question/parse.h"

namespace kokemus::question {
namespace {

const blueprint::Blueprint& shop() {
    static const blueprint::Blueprint read =
        blueprint::read_blueprint(R"(time_zone = "Europe/Helsinki"
[touchpoint.a]
[journey."getting connected"]
starts = ["a"]
path = ["a", "a"]
[journey.customer]
starts = ["a"]
[promise."on time"]
kept = ["a"]
[promise.is]
kept = ["a"]
[metric."calls, answered"]
kind = "mean"
[dimension.plan]
source = "traits"
[dimension.region]
)")
            .blueprint;
    return read;
}

std::string any_name() {
    return *rc::gen::element<std::string>("a",
                                          "call: billing",
                                          "it's",
                                          "say \"hi\"",
                                          "and",
                                          "within",
                                          "ä",
                                          "start",
                                          "any",
                                          "5",
                                          "7d",
                                          "2026-01-01",
                                          "a,b",
                                          "(x)",
                                          "line\nbreak",
                                          "forced",
                                          "not",
                                          "x|y",
                                          "日本",
                                          " ");
}

std::vector<std::string> any_names() {
    std::vector<std::string> names(static_cast<std::size_t>(*rc::gen::inRange(1, 4)));
    for (std::string& name : names) {
        name = any_name();
    }
    return names;
}

std::vector<std::vector<std::string>> any_steps(int least) {
    std::vector<std::vector<std::string>> steps(
        static_cast<std::size_t>(*rc::gen::inRange(least, 5)));
    for (auto& step : steps) {
        step = any_names();
    }
    return steps;
}

Milliseconds any_duration() {
    const auto unit = *rc::gen::element<std::int64_t>(1, 1000, 60'000, 3'600'000, 86'400'000);
    return Milliseconds(unit * *rc::gen::inRange<std::int64_t>(1, 5000));
}

std::optional<Milliseconds> maybe_duration() {
    return *rc::gen::arbitrary<bool>() ? std::optional(any_duration()) : std::nullopt;
}

Comparison any_comparison() {
    return *rc::gen::element(Comparison::Equal,
                             Comparison::NotEqual,
                             Comparison::Less,
                             Comparison::LessOrEqual,
                             Comparison::Greater,
                             Comparison::GreaterOrEqual);
}

double any_number() {
    return *rc::gen::element(0.0, 1.0, -2.5, 9.0, 1e20, 1e-7, 0.1, 123456789.0, -1e300);
}

Field any_field(bool number) {
    const auto names = field_names(shop());
    while (true) {
        const Field field = *find_field(*rc::gen::elementOf(names), shop());
        if (is_number(field) == number) {
            return field;
        }
    }
}

ConditionPtr any_unit_condition() {
    const bool flag = *rc::gen::arbitrary<bool>();
    switch (*rc::gen::inRange(0, 10)) {
        case 9: {
            Deviates deviates{"getting connected", {"a", "a"}, Deviation::Any, ""};
            deviates.deviation = *rc::gen::element(
                Deviation::Any, Deviation::LeftOut, Deviation::PutIn, Deviation::Moved);
            deviates.touchpoint = deviates.deviation == Deviation::Any ? "" : any_name();
            return make_condition(std::move(deviates));
        }
        case 0: return make_condition(Touches{any_names()});
        case 1: return make_condition(Goes{flag ? "START" : any_name(), any_name()});
        case 2: return make_condition(Follows{{"a", any_name(), "a"}, false});
        case 3: return make_condition(Lasts{any_comparison(), any_duration()});
        case 4: return make_condition(Size{any_comparison(), any_number()});
        case 5:
            return make_condition(
                StatusCondition{{EpisodeStatus::Open, EpisodeStatus::Completed}, flag});
        case 6:
            return make_condition(
                PromiseCondition{*rc::gen::element<std::string>("", "on time", "is"),
                                 {PromiseOutcome::AtRisk, PromiseOutcome::Late}});
        case 7: {
            Reaches reaches{any_steps(1), maybe_duration(), 0};
            reaches.exactly = *rc::gen::inRange(0, static_cast<int>(reaches.steps.size()) + 1);
            return make_condition(std::move(reaches));
        }
        default:
            return flag ? make_condition(Repeats{any_duration()})
                        : make_condition(Switches{*rc::gen::element<std::string>("", "web", "any"),
                                                  *rc::gen::element<std::string>("", "phone"),
                                                  *rc::gen::arbitrary<bool>()});
    }
}

ConditionPtr any_field_condition() {
    if (*rc::gen::arbitrary<bool>()) {
        const Field field = any_field(true);
        const auto milliseconds = static_cast<double>(
            *rc::gen::inRange<std::int64_t>(-60'000'000'000'000, 250'000'000'000'000));
        return make_condition(NumberCondition{
            field, any_comparison(), field.name == "time" ? milliseconds : any_number()});
    }
    return make_condition(
        TextCondition{any_field(false), any_names(), *rc::gen::arbitrary<bool>()});
}

ConditionPtr any_condition(int depth, bool inside_has) {
    const int choice = *rc::gen::inRange(0, depth > 3 ? 2 : 7);
    if (choice < 2) {
        return choice == 0 || inside_has ? any_field_condition() : any_unit_condition();
    }
    if (choice == 2) {
        return make_condition(Not{any_condition(depth + 1, inside_has)});
    }
    if (choice == 3 && !inside_has) {
        return make_condition(Has{any_condition(depth + 1, true)});
    }
    std::vector<ConditionPtr> parts(static_cast<std::size_t>(*rc::gen::inRange(2, 4)));
    for (ConditionPtr& part : parts) {
        part = any_condition(depth + 1, inside_has);
    }
    return choice == 4 ? make_condition(Or{std::move(parts)})
                       : make_condition(And{std::move(parts)});
}

ConditionPtr maybe_condition() {
    return *rc::gen::arbitrary<bool>() ? any_condition(0, false) : nullptr;
}

void put_clauses(Question& question) {
    const bool rows = question.kind == Kind::Variants || question.kind == Kind::Episodes ||
                      question.kind == Kind::Timeline;
    if (question.kind != Kind::Timeline) {
        question.per = *rc::gen::element(Unit{},
                                         Unit{UnitKind::Thread, ""},
                                         Unit{UnitKind::Journey, "customer"},
                                         Unit{UnitKind::Journey, "getting connected"});
    }
    if (*rc::gen::arbitrary<bool>()) {
        question.range.from =
            Instant(Milliseconds(*rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000'000'000)));
    }
    if (*rc::gen::arbitrary<bool>()) {
        question.range.to = Instant(
            Milliseconds(*rc::gen::inRange<std::int64_t>(2'000'000'000'000, 3'000'000'000'000)));
    }
    question.where = maybe_condition();
    question.having = *rc::gen::arbitrary<bool>() ? any_unit_condition() : nullptr;
    question.limit = rows ? *rc::gen::element<std::size_t>(0, 1, 10'000) : 0;
    question.offset = rows ? *rc::gen::element<std::size_t>(0, 500) : 0;
}

void put_factors(Question& question) {
    do {
        question.outcome = any_factor();
    } while (question.outcome->is_category());
    for (int left = *rc::gen::inRange(0, 4); left > 0; --left) {
        const Factor factor = any_factor();
        const auto& have = question.factors;
        if (factor != *question.outcome &&
            std::find(have.begin(), have.end(), factor) == have.end()) {
            question.factors.push_back(factor);
        }
    }
    if (*rc::gen::arbitrary<bool>()) {
        question.seed = *rc::gen::inRange<std::uint64_t>(0, 1000);
    }
}

/// Any question that the parser could have made.
Question any_question() {
    Question question;
    question.kind = *rc::gen::element(Kind::Flow,
                                      Kind::Variants,
                                      Kind::Funnel,
                                      Kind::Trend,
                                      Kind::Breakdown,
                                      Kind::Promises,
                                      Kind::Episodes,
                                      Kind::Timeline,
                                      Kind::Switches,
                                      Kind::Drivers,
                                      Kind::Lateness,
                                      Kind::Foresight,
                                      Kind::Conformance,
                                      Kind::League,
                                      Kind::Causes);
    put_clauses(question);
    const bool by = *rc::gen::arbitrary<bool>();
    switch (question.kind) {
        case Kind::Flow: question.counts_only = *rc::gen::arbitrary<bool>(); break;
        case Kind::Variants: question.collapse = *rc::gen::arbitrary<bool>(); break;
        case Kind::Funnel: question.steps = any_steps(2); break;
        case Kind::Causes: question.steps = {any_names()}; break;
        case Kind::Trend:
            question.grain = *rc::gen::element(Grain::Day, Grain::Week, Grain::Month);
            break;
        case Kind::Promises:
            question.promise = *rc::gen::element<std::string>("", "on time", "is");
            break;
        case Kind::Lateness:
        case Kind::Foresight:
            question.promise = *rc::gen::element<std::string>("on time", "is");
            break;
        case Kind::Timeline: question.customer = any_name(); break;
        case Kind::Drivers: put_factors(question); break;
        case Kind::Conformance: question.per = {UnitKind::Journey, "getting connected"}; break;
        default: break;
    }
    if (question.kind == Kind::Funnel || question.kind == Kind::Switches ||
        question.kind == Kind::Foresight || question.kind == Kind::Causes) {
        question.within = maybe_duration();
    }
    if (question.kind == Kind::Trend || question.kind == Kind::Breakdown ||
        question.kind == Kind::League) {
        question.metric =
            *rc::gen::element<std::string>("nps", "score", "calls, answered", "contact_rate");
    }
    const bool takes_by = question.kind != Kind::Trend && question.kind != Kind::Causes &&
                          question.kind != Kind::Episodes && question.kind != Kind::Timeline;
    if (question.kind == Kind::Breakdown || (by && takes_by)) {
        question.by = any_field(false);
    }
    if (question.kind == Kind::Drivers && question.by &&
        (question.by->name == "customer" || question.by->name == "thread")) {
        question.by.reset();
    }
    if (question.kind == Kind::League) {
        question.by = Field{FieldOf::Encounter, "channel"};
        const auto maybe_field = [] {
            return *rc::gen::element<std::optional<Field>>(
                std::nullopt, Field{FieldOf::Customer, "plan"}, Field{FieldOf::Encounter, "topic"});
        };
        question.adjusted_for = maybe_field();
        question.among = maybe_field();
    }
    return question;
}

TEST(Format, AQuestionReadsBackEqual) {
    const bool held = rc::check("parse(format(q)) == q", [] {
        const Question question = any_question();
        const std::string text = format(question);
        RC_LOG(text);
        const auto again = parse_question(text, shop());
        RC_LOG(again ? std::string() : again.error().message);
        RC_ASSERT(again.has_value());
        RC_ASSERT(*again == question);
        RC_ASSERT(format(*again) == text);
    });
    EXPECT_TRUE(held);
}

TEST(Format, AConditionReadsBackEqual) {
    const bool held = rc::check("parse(format(c)) == c", [] {
        const ConditionPtr condition = any_condition(0, false);
        const std::string text = format(condition);
        RC_LOG(text);
        const auto again = parse_condition(text, shop());
        RC_ASSERT(again.has_value());
        RC_ASSERT(equal(*again, condition));
    });
    EXPECT_TRUE(held);
}

TEST(Format, NoConditionIsNoText) {
    EXPECT_EQ(format(ConditionPtr()), "");
}

/// The canonical spelling of what somebody wrote.
std::string canonical(std::string_view text) {
    const auto question = parse_question(text, shop());
    return question ? format(*question) : question.error().message;
}

TEST(Format, NamesReadBackWithQuotesOrWithout) {
    EXPECT_EQ(quoted(""), "''");
    EXPECT_EQ(quoted("it's"), "'it''s'");
    EXPECT_EQ(spelled("gold"), "gold");
    EXPECT_EQ(spelled(""), "''");
    EXPECT_EQ(spelled("where"), "'where'") << "a word of the grammar";
    EXPECT_EQ(spelled("call: billing"), "'call: billing'");
    EXPECT_EQ(spelled("it's"), "'it''s'");
    for (const char* name : {"gold", "where", "call: billing", "it's", "2nd line", "stra\u00dfe"}) {
        EXPECT_EQ(canonical("flow where channel = " + spelled(name)),
                  "flow where channel = " + quoted(name));
    }
}

TEST(Format, SpellsTheSameQuestionInOneWay) {
    EXPECT_EQ(
        canonical("FLOW where channel:phone,chat plan!:gold score<3 per thread"),
        "flow per thread where channel in ('phone', 'chat') and plan != 'gold' and score < 3");
    EXPECT_EQ(canonical("funnel a|b then (c, d) then 'it''s' by channel within 1 week"),
              "funnel 'a' | 'b' then 'c' | 'd' then 'it''s' by channel within 7d");
    EXPECT_EQ(canonical("trend nps by day from 2026-01-01 to 2026-01-31"),
              "trend nps by day from 2025-12-31T22:00:00Z to 2026-01-31T22:00:00Z");
    EXPECT_EQ(canonical("trend \"calls, answered\""), "trend 'calls, answered' by week");
    EXPECT_EQ(canonical("episodes where score:9,10 or not (touches a and repeats within 7d)"),
              "episodes where (score = 9 or score = 10) or not (touches 'a' and repeats)");
    EXPECT_EQ(canonical("episodes where duration > 5 min"), "episodes where duration > 300");
    EXPECT_EQ(canonical("episodes where goes START -> a or goes a -> END"),
              "episodes where goes START -> 'a' or goes 'a' -> END");
}

}  // namespace
}  // namespace kokemus::question
