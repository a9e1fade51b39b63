#include "question/drill.h"

#include <gtest/gtest.h>

#include "blueprint/blueprint_read.h"
#include "question/format.h"
#include "question/parse.h"

namespace kokemus::question {
namespace {

const blueprint::Blueprint& shop() {
    static const blueprint::Blueprint read =
        blueprint::read_blueprint(
            "[touchpoint.a]\n[journey.j]\nstarts = [\"a\"]\npath = "
            "[\"a\"]\n[promise.delivery]\nkept = "
            "[\"a\"]\n[dimension.plan]\nsource = \"traits\"\n")
            .blueprint;
    return read;
}

Question ask(std::string_view text) {
    return parse_question(text, shop()).value();
}

/// The text of a drill-down, after it was read back as a question.
std::string text_of(const Question& drill) {
    const std::string text = format(drill);
    const auto again = parse_question(text, shop());
    EXPECT_TRUE(again) << text;
    EXPECT_TRUE(again && *again == drill) << text;
    return text;
}

TEST(Drill, EachNumberOpensItsEpisodes) {
    const Question flow = ask("flow per thread");
    EXPECT_EQ(text_of(drill(flow)), "episodes per thread");
    EXPECT_EQ(text_of(drill_node(flow, "a")), "episodes per thread where touches 'a'");
    EXPECT_EQ(text_of(drill_edge(flow, "START", "a")),
              "episodes per thread where goes START -> 'a'");
    EXPECT_EQ(text_of(drill_variant(ask("variants collapsed limit 5"), {"a", "b"})),
              "episodes where follows collapsed ('a', 'b')");
    const Question funnel = ask("funnel a then b | c then d within 7d");
    EXPECT_EQ(text_of(drill_step(funnel, 2)), "episodes where reaches ('a', 'b' | 'c') within 7d");
    EXPECT_EQ(text_of(drill_lost(funnel, 2)),
              "episodes where stops ('a', 'b' | 'c', 'd') at 2 within 7d");
    EXPECT_EQ(text_of(drill_promise(ask("promises"), "delivery", PromiseOutcome::AtRisk)),
              "episodes where promise 'delivery' is at risk");
    EXPECT_EQ(text_of(drill_cause(ask("causes of a | b"), "c", std::chrono::hours(48))),
              "episodes where reaches ('c', 'a' | 'b') within 2d");
    const Question conformance = ask("conformance per j");
    EXPECT_EQ(text_of(drill_deviation(conformance, {"a"}, Deviation::Any, "")),
              "episodes per 'j' where deviates from 'j'");
    EXPECT_EQ(text_of(drill_deviation(conformance, {"a"}, Deviation::Moved, "b")),
              "episodes per 'j' where deviates from 'j' moving 'b'");
    EXPECT_EQ(text_of(drill_switch(ask("switches"), "web", "phone")),
              "episodes where switches 'web' -> 'phone'");
}

TEST(Drill, UnderAFilterOnCustomersOrUnitsItJoinsTheFilter) {
    EXPECT_EQ(text_of(drill_edge(ask("flow where plan = gold and touches a"), "a", "b")),
              "episodes where plan = 'gold' and touches 'a' and goes 'a' -> 'b'");
}

TEST(Drill, UnderAFilterOnEncountersItLooksAtWhatIsLeft) {
    EXPECT_EQ(text_of(drill_edge(ask("flow where channel = phone"), "a", "b")),
              "episodes where channel = 'phone' having goes 'a' -> 'b'");
    EXPECT_EQ(text_of(drill_edge(ask("flow where not (score < 3 or plan = x)"), "a", "b")),
              "episodes where not (score < 3 or plan = 'x') having goes 'a' -> 'b'");
    EXPECT_EQ(text_of(drill_edge(ask("flow having touches c"), "a", "b")),
              "episodes having touches 'c' and goes 'a' -> 'b'");
}

TEST(Drill, ARangeCutsCustomersAndNotThreads) {
    EXPECT_EQ(text_of(drill_node(ask("flow from 2026-01-01"), "a")),
              "episodes from 2026-01-01T00:00:00Z having touches 'a'");
    EXPECT_EQ(text_of(drill_node(ask("flow per thread from 2026-01-01"), "a")),
              "episodes per thread from 2026-01-01T00:00:00Z where touches 'a'");
}

TEST(Drill, AGroupIsTheSameQuestionWithItsValue) {
    const Question asked = ask("flow by channel where plan = gold");
    EXPECT_EQ(text_of(narrow_to_value(asked, *asked.by, "web")),
              "flow where plan = 'gold' and channel = 'web'");
    EXPECT_EQ(text_of(drill_value(asked, *asked.by, "")),
              "episodes where plan = 'gold' and channel = ''");
}

TEST(Both, PutsPartsSideBySide) {
    const ConditionPtr a = make_condition(Touches{{"a"}});
    EXPECT_EQ(both(nullptr, nullptr), nullptr);
    EXPECT_EQ(both(a, nullptr), a);
    EXPECT_EQ(both(nullptr, a), a);
    const ConditionPtr two = both(a, make_condition(Touches{{"b"}}));
    EXPECT_EQ(format(both(two, both(two, a))),
              "touches 'a' and touches 'b' and touches 'a' and touches 'b' and touches 'a'");
    EXPECT_EQ(format(both(parse_condition("score=1 or score=2", shop()).value(), a)),
              "(score = 1 or score = 2) and touches 'a'");
}

}  // namespace
}  // namespace kokemus::question
