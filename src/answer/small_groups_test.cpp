#include "answer/small_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "answer/answer_csv.h"
#include "answer/answer_json.h"

namespace kokemus::answer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::uint64_t smallest = 5;

const CustomersBehind as_many_as_encounters = [](const std::string&) -> Result<std::uint64_t> {
    return 1000;
};

Answer with(Body body) {
    Answer answer;
    answer.body = std::move(body);
    return answer;
}

void withhold(Answer& answer, const CustomersBehind& behind = as_many_as_encounters) {
    const Status done = withhold_small_groups(answer, smallest, behind);
    EXPECT_TRUE(done) << done.error().message;
}

FlowNode node(std::string touchpoint, std::uint64_t encounters, std::uint64_t customers) {
    FlowNode made;
    made.touchpoint = std::move(touchpoint);
    made.encounters = encounters;
    made.customers = customers;
    return made;
}

FlowEdge edge(std::string from, std::string to, std::uint64_t count, std::uint64_t customers) {
    FlowEdge made;
    made.from = std::move(from);
    made.to = std::move(to);
    made.count = count;
    made.customers = customers;
    return made;
}

std::vector<std::string> edges_of(const Answer& answer) {
    std::vector<std::string> names;
    for (const FlowEdge& each : std::get<Flow>(answer.body).edges) {
        names.push_back(each.from + ">" + each.to);
    }
    return names;
}

BreakdownGroup group(std::string value, std::uint64_t encounters) {
    BreakdownGroup made;
    made.value = std::move(value);
    made.encounters = encounters;
    made.drill = made.value;
    return made;
}

std::vector<std::string> groups_of(const Answer& answer) {
    std::vector<std::string> values;
    for (const BreakdownGroup& each : std::get<Breakdown>(answer.body).groups) {
        values.push_back(each.value);
    }
    return values;
}

TEST(SmallGroups, an_answer_about_few_customers_is_refused) {
    question::Population population;
    EXPECT_TRUE(check_size(population, smallest)) << "nobody is no small group";
    population.customers = 4;
    const Status refused = check_size(population, smallest);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Forbidden);
    EXPECT_THAT(refused.error().message, HasSubstr("fewer than 5 customers"));
    population.customers = 5;
    EXPECT_TRUE(check_size(population, smallest));
}

TEST(SmallGroups, what_has_none_stays_as_it_is) {
    Breakdown breakdown;
    breakdown.groups = {group("a", 100), group("b", 0)};
    Answer answer = with(breakdown);
    withhold(answer);
    EXPECT_FALSE(answer.withheld);
    EXPECT_THAT(groups_of(answer), ElementsAre("a", "b"));
    EXPECT_THAT(to_json(answer), Not(HasSubstr("withheld")));
}

TEST(SmallGroups, one_group_alone_would_be_found_by_the_total) {
    Breakdown breakdown;
    breakdown.groups = {group("a", 100), group("b", 4), group("c", 7)};
    Answer answer = with(breakdown);
    withhold(answer);
    EXPECT_THAT(groups_of(answer), ElementsAre("a"));
    ASSERT_TRUE(answer.withheld);
    EXPECT_EQ(answer.withheld->rows, 2U);
    EXPECT_THAT(answer.finding.text, HasSubstr("2 rows are not shown"));
    EXPECT_THAT(to_json(answer), HasSubstr(R"("withheld":{"fewer_than":5,"rows":2})"));
    EXPECT_THAT(
        to_csv(answer),
        HasSubstr("\n\"2 rows are not shown, so that none tells of fewer than 5 customers.\"\n"));
}

TEST(SmallGroups, groups_that_are_small_together_take_another_with_them) {
    const auto left = [](std::vector<BreakdownGroup> groups) {
        Breakdown breakdown;
        breakdown.groups = std::move(groups);
        Answer answer = with(std::move(breakdown));
        withhold(answer);
        return groups_of(answer);
    };
    // A total of 2 in two rows: each is one.
    EXPECT_THAT(left({group("a", 100), group("b", 1), group("c", 1), group("d", 7)}),
                ElementsAre("a"));
    // 8 in two rows of fewer than 5, and 5 in five rows, are one thing only, too.
    EXPECT_THAT(left({group("a", 100), group("b", 4), group("c", 4), group("d", 7)}),
                ElementsAre("a"));
    EXPECT_THAT(left({group("a", 9),
                      group("b", 1),
                      group("c", 1),
                      group("d", 1),
                      group("e", 1),
                      group("f", 1),
                      group("g", 8)}),
                ElementsAre("a"));
    EXPECT_THAT(left({group("a", 100), group("b", 4), group("c", 2), group("d", 7)}),
                ElementsAre("a", "d"));
    EXPECT_THAT(left({group("b", 1), group("c", 1)}), IsEmpty());
}

TEST(SmallGroups, of_a_funnel_what_few_did_is_not_found_by_what_the_others_leave) {
    Funnel funnel;
    for (const std::uint64_t customers : {100U, 98U, 78U}) {
        FunnelStep step;
        step.customers = step.units = customers;
        step.lost_drill = "q";
        funnel.steps.push_back(step);
    }
    funnel.steps[0].lost = 2;
    funnel.steps[0].instead = {{"away", 2}};
    funnel.steps[1].lost = 20;
    funnel.steps[1].instead = {{"away", 12}, {"back", 6}, {"rare", 2}};
    Answer answer = with(funnel);
    withhold(answer);
    const auto& steps = std::get<Funnel>(answer.body).steps;
    EXPECT_THAT(steps[0].instead, IsEmpty());
    EXPECT_EQ(steps[0].lost_drill, "");
    EXPECT_THAT(steps[1].instead, ElementsAre(std::pair<std::string, std::uint64_t>("away", 12)));
    EXPECT_EQ(steps[1].lost_drill, "q");
}

TEST(SmallGroups, two_groups_hide_each_other) {
    Breakdown breakdown;
    breakdown.groups = {group("a", 100), group("b", 4), group("c", 3), group("d", 7)};
    Answer answer = with(breakdown);
    withhold(answer);
    EXPECT_THAT(groups_of(answer), ElementsAre("a", "d"));
}

TEST(SmallGroups, many_encounters_of_few_customers_are_few) {
    Breakdown breakdown;
    breakdown.groups = {group("a", 100), group("b", 60), group("c", 70), group("d", 1'000'000)};
    Answer answer = with(breakdown);
    std::vector<std::string> asked;
    withhold(answer, [&](const std::string& drill) -> Result<std::uint64_t> {
        asked.push_back(drill);
        return drill == "a" ? 50 : 3;
    });
    EXPECT_THAT(asked, ElementsAre("a", "b", "c"));
    EXPECT_THAT(groups_of(answer), ElementsAre("a", "d"));
}

TEST(SmallGroups, the_failure_of_the_engine_is_told) {
    Breakdown breakdown;
    breakdown.groups = {group("a", 100)};
    Answer answer = with(breakdown);
    EXPECT_FALSE(withhold_small_groups(answer, smallest, [](const std::string&) {
        return Result<std::uint64_t>(Error{ErrorCode::Cancelled, "called off"});
    }));
}

TEST(SmallGroups, of_a_flow_nodes_go_with_their_edges) {
    Flow flow;
    flow.nodes = {node("a", 100, 50), node("b", 90, 40), node("rare", 3, 3), node("odd", 4, 3)};
    flow.edges = {edge("START", "a", 100, 50),
                  edge("a", "b", 90, 40),
                  edge("a", "rare", 3, 3),
                  edge("a", "odd", 4, 3),
                  edge("rare", "END", 3, 3),
                  edge("odd", "END", 4, 3),
                  edge("b", "END", 90, 40)};
    Answer answer = with(flow);
    answer.finding.values = {{"from", std::string("a")}, {"to", std::string("rare")}};
    withhold(answer);
    std::vector<std::string> nodes;
    for (const FlowNode& each : std::get<Flow>(answer.body).nodes) {
        nodes.push_back(each.touchpoint);
    }
    EXPECT_THAT(nodes, ElementsAre("a", "b"));
    EXPECT_THAT(edges_of(answer), ElementsAre("START>a", "a>b", "b>END"));
    EXPECT_EQ(answer.finding.id, "withheld") << "it was about what is not shown";
}

TEST(SmallGroups, of_a_flow_no_edge_is_found_by_what_the_others_leave) {
    Flow flow;
    flow.nodes = {node("a", 100, 50), node("b", 97, 48), node("c", 53, 30)};
    flow.edges = {edge("a", "b", 97, 48),
                  edge("a", "c", 3, 3),
                  edge("START", "c", 50, 30),
                  edge("START", "a", 100, 50)};
    Answer answer = with(flow);
    answer.finding.values = {{"from", std::string("START")}, {"to", std::string("a")}};
    answer.finding.id = "kept";
    withhold(answer);
    // 100 left a, 97 of them to b: the 3 to c would be plain; and 50 of the 53 at c came from
    // START.
    EXPECT_THAT(edges_of(answer), ElementsAre("START>a"));
    EXPECT_EQ(answer.finding.id, "kept");
}

TEST(SmallGroups, variants_join_the_others) {
    Variants variants;
    variants.total = 120;
    variants.distinct = 4;
    const auto add = [&](std::uint64_t count, std::uint64_t customers) {
        VariantRow row;
        row.count = count;
        row.customers = customers;
        row.share = static_cast<double>(count) / 120;
        variants.rows.push_back(row);
    };
    add(60, 60);
    add(50, 2);  // often, by two customers
    add(8, 8);
    add(2, 2);
    Answer answer = with(variants);
    withhold(answer);
    const auto& left = std::get<Variants>(answer.body);
    ASSERT_EQ(left.rows.size(), 1U) << "52 times by 4 customers is about 4 customers";
    EXPECT_EQ(left.other_variants, 3U);
    EXPECT_EQ(left.other_count, 60U);
    EXPECT_NEAR(left.rows.back().running, 60.0 / 120, 1e-12);
}

TEST(SmallGroups, the_others_are_no_small_group_either) {
    Variants variants;
    for (const std::uint64_t count : {60U, 8U, 2U}) {
        VariantRow row;
        row.count = row.customers = count;
        variants.rows.push_back(row);
    }
    Answer answer = with(variants);
    withhold(answer);
    EXPECT_EQ(std::get<Variants>(answer.body).rows.size(), 1U);
    EXPECT_EQ(std::get<Variants>(answer.body).other_count, 10U);
}

TEST(SmallGroups, a_funnel_ends_where_few_are_left) {
    Funnel funnel;
    for (const std::uint64_t customers : {100U, 40U, 3U, 0U}) {
        FunnelStep step;
        step.customers = step.units = customers;
        step.lost = 17;
        step.lost_drill = "q";
        step.instead = {{"often", 9}, {"away", 6}, {"rare", 2}};
        funnel.steps.push_back(step);
    }
    Answer answer = with(funnel);
    withhold(answer);
    const auto& steps = std::get<Funnel>(answer.body).steps;
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_THAT(steps[0].instead, ElementsAre(std::pair<std::string, std::uint64_t>("often", 9)));
    EXPECT_EQ(steps[0].lost, 17U);
    EXPECT_EQ(steps[1].lost, 0U);
    EXPECT_THAT(steps[1].instead, IsEmpty());
    EXPECT_EQ(steps[1].lost_drill, "");
    EXPECT_EQ(answer.withheld->rows, 2U);
}

TEST(SmallGroups, of_a_trend_points_without_encounters_stay) {
    Trend trend;
    for (const std::uint64_t encounters : {0U, 3U, 50U, 2U, 9U}) {
        TrendPoint point;
        point.encounters = encounters;
        trend.points.push_back(point);
    }
    Answer answer = with(trend);
    withhold(answer);
    EXPECT_EQ(std::get<Trend>(answer.body).points.size(), 3U);
    EXPECT_EQ(answer.withheld->rows, 2U);
}

TEST(SmallGroups, of_an_answer_by_value_the_groups_and_what_is_in_them) {
    ByValue by;
    const auto add = [&](const std::string& value, std::uint64_t customers) {
        Breakdown inner;
        inner.groups = {group("x", 100), group("y", 4), group("z", 3)};
        Answer answer = with(inner);
        answer.population.customers = customers;
        by.groups.push_back(Group{value, answer});
    };
    add("a", 50);
    add("b", 4);
    add("c", 3);
    Answer answer = with(by);
    withhold(answer);
    const auto& left = std::get<ByValue>(answer.body);
    ASSERT_EQ(left.groups.size(), 1U);
    EXPECT_EQ(left.other_values, 2U);
    EXPECT_THAT(groups_of(left.groups[0].answer), ElementsAre("x"));
}

TEST(SmallGroups, of_the_first_page_are_told_of_too) {
    blueprint::Journey seldom;
    seldom.name = "seldom";
    blueprint::Journey often;
    often.name = "often";
    Overview overview;
    for (const auto& [journey, episodes] : {std::pair(&seldom, 2U), std::pair(&often, 50U)}) {
        JourneyStanding standing;
        standing.journey = journey;
        standing.episodes = episodes;
        overview.journeys.push_back(standing);
    }
    overview.touchpoints = {node("call", 100, 50), node("visit", 9, 3)};
    overview.finding.id = "overview.journey";
    overview.finding.values = {{"journey", std::string("seldom")}};
    overview.finding.text = "seldom is worst.";
    withhold_small_groups(overview, smallest);
    ASSERT_TRUE(overview.withheld);
    EXPECT_EQ(overview.withheld->rows, 2U);
    EXPECT_EQ(overview.finding.id, "withheld") << "nor does a sentence tell of them";
    EXPECT_THAT(overview.finding.text, Not(HasSubstr("seldom")));
    EXPECT_THAT(overview.finding.text, HasSubstr("fewer than 5"));
    EXPECT_THAT(to_json(overview), HasSubstr(R"("withheld":{"fewer_than":5,"rows":2})"));

    Overview whole;
    whole.finding.text = "All is well.";
    withhold_small_groups(whole, smallest);
    EXPECT_FALSE(whole.withheld);
    EXPECT_EQ(whole.finding.text, "All is well.");
    EXPECT_THAT(to_json(whole), Not(HasSubstr("withheld")));
}

}  // namespace
}  // namespace kokemus::answer
