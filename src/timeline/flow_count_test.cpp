#include <gtest/gtest.h>

#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using question::Question;
using tiny::day;
using tiny::Ledger;

using Texts = std::vector<std::string>;

std::vector<std::string> edges_of(const question::FlowCounts& counts) {
    std::vector<std::string> edges;
    for (const auto& edge : counts.edges) {
        edges.push_back(edge.from + ">" + edge.to + " " + std::to_string(edge.count) + "/" +
                        std::to_string(edge.units) + "/" + std::to_string(edge.customers));
    }
    return edges;
}

void give_score(encounter::Encounter& encounter, double score) {
    encounter.score = score;
    encounter.scale = "nps";
}

TEST(Flow, CountsEdgesUnitsAndCustomersWithEnds) {
    Ledger ledger;
    for (const auto minute : {0, 1, 2, 3}) {
        ledger.add("a", minute, minute % 2 == 0 ? "x" : "y");
    }
    ledger.add("b", 0, "x");
    const auto flow = ledger.engine().flow({});
    ASSERT_TRUE(flow);
    EXPECT_EQ(edges_of(*flow),
              (Texts{"START>x 2/2/2", "x>END 1/1/1", "x>y 2/1/1", "y>END 1/1/1", "y>x 1/1/1"}));
    ASSERT_EQ(flow->nodes.size(), 2U);
    EXPECT_EQ(flow->nodes[0].encounters, 3U);
    EXPECT_EQ(flow->nodes[0].units, 2U);
    EXPECT_NEAR(flow->nodes[0].position_sum, 0 + 2.0 / 3 + 0, 1e-8);
    EXPECT_NEAR(flow->nodes[1].position_sum, 1.0 / 3 + 1, 1e-8);
    EXPECT_EQ(flow->edges[2].milliseconds.count(), 2U);
    EXPECT_EQ(flow->edges[2].seconds_sum, 120);
    EXPECT_EQ(flow->edges[0].milliseconds.count(), 0U);
    EXPECT_EQ(flow->population.encounters, 5U);
    EXPECT_EQ(flow->population.units, 2U);
    EXPECT_EQ(flow->population.first, tiny::at(0));
    EXPECT_EQ(flow->population.latest, tiny::at(3));
}

TEST(Flow, GivesEachEdgeTheExperienceOfTheUnitsThatTakeIt) {
    Ledger ledger;
    give_score(ledger.add("a", 0, "x"), 10);
    give_score(ledger.add("a", 1, "y"), 0);
    ledger.add("a", 2, "y");
    ledger.add("a", 3, "y");
    give_score(ledger.add("b", 0, "y"), 10);
    const auto flow = ledger.engine(tiny::four_channels()).flow({});
    EXPECT_EQ(flow->experience.count(), 2U);
    EXPECT_DOUBLE_EQ(flow->experience.mean(), 1.5);
    const auto& repeated = flow->edges[4];
    EXPECT_EQ(repeated.from + repeated.to, "yy");
    EXPECT_EQ(repeated.count, 2U);
    EXPECT_EQ(repeated.experience.count(), 1U) << "one value per unit";
    EXPECT_DOUBLE_EQ(repeated.experience.mean(), 0);
    EXPECT_EQ(flow->nodes[1].experience.count(), 2U) << "one value per score at the touchpoint";
    EXPECT_DOUBLE_EQ(flow->nodes[1].experience.mean(), 0);
    EXPECT_DOUBLE_EQ(flow->nodes[1].experience.variance(), 18);
}

TEST(Flow, IsOfWhatTheFilterLeaves) {
    Ledger ledger;
    for (const char* touchpoint : {"x", "noise", "y"}) {
        ledger.add("a", static_cast<std::int64_t>(ledger.entries.size()), touchpoint);
    }
    ledger.add("b", 0, "noise");
    Question question;
    question.where = tiny::text_is("touchpoint", {"x", "y"});
    const auto engine = ledger.engine();
    const auto flow = engine.flow(question);
    EXPECT_EQ(edges_of(*flow), (Texts{"START>x 1/1/1", "x>y 1/1/1", "y>END 1/1/1"}));
    EXPECT_EQ(flow->population.units, 1U);
    question.having = tiny::condition(question::Goes{"x", "y"});
    EXPECT_EQ(engine.flow(question)->population.units, 1U) << "x goes to y among those that count";
    question.having = tiny::condition(question::Touches{{"noise"}});
    EXPECT_EQ(engine.flow(question)->population.units, 0U);
    question.having = nullptr;
    question.where = tiny::condition(question::Goes{"x", "y"});
    EXPECT_EQ(engine.flow(question)->population.units, 0U) << "not in the whole unit";
}

TEST(Flow, NamesTheChannelThatIsUsedMost) {
    Ledger ledger;
    for (const char* channel : {"b", "a", "b", "a", "c"}) {
        ledger.add("c", static_cast<std::int64_t>(ledger.entries.size()), "x").channel = channel;
    }
    EXPECT_EQ(ledger.engine().flow({})->nodes[0].channel, "a");
}

TEST(Flow, TellsForcedSwitchesFromChosenOnes) {
    Ledger ledger;
    ledger.add("same topic", 0, "ask");
    ledger.add("same topic", day, "call");
    ledger.add("too late", 0, "ask");
    ledger.add("too late", day + 1, "call");
    ledger.add("other topic", 0, "ask");
    ledger.add("other topic", 1, "move");
    ledger.add("same thread", 0, "ask", "t");
    ledger.add("same thread", 1, "move", "t");
    ledger.add("human first", 0, "call");
    ledger.add("human first", 1, "ask");
    const auto engine = ledger.engine(tiny::four_channels());
    const auto flow = engine.flow({});
    std::vector<std::string> forced;
    for (const auto& edge : flow->edges) {
        if (edge.forced > 0) {
            forced.push_back(edge.from + ">" + edge.to + " " + std::to_string(edge.forced));
        }
    }
    EXPECT_EQ(forced, (Texts{"ask>call 1", "ask>move 1"}));
    const auto switches = engine.switches({});
    ASSERT_EQ(switches->switches.size(), 2U);
    EXPECT_EQ(switches->switches[0].from, "bot");
    EXPECT_EQ(switches->switches[0].count, 4U);
    EXPECT_EQ(switches->switches[0].forced, 2U);
    EXPECT_EQ(switches->units_with_switch, 5U);
    EXPECT_EQ(switches->units_forced, 2U);
    EXPECT_EQ(switches->encounters_machine, 5U);
}

}  // namespace
}  // namespace kokemus::timeline
