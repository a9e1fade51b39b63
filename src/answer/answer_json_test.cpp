#include "answer/answer_json.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "answer/answer_csv.h"
#include "answer/answer_table.h"
#include "answer/sample_test.h"
#include "base/project_file.h"

namespace kokemus::answer {
namespace {

using question::Kind;
using sample::answered;
using sample::asking;

/// Holds `text` against the file of that name beside the test; with KOKEMUS_WRITE_GOLDEN set,
/// writes it.
void expect_as_golden(const std::string& file, const std::string& text) {
    const std::string path = project_file("tests/answers/" + file);
    if (std::getenv("KOKEMUS_WRITE_GOLDEN") != nullptr) {
        std::ofstream(path) << text << '\n';
    }
    std::ifstream golden(path);
    std::stringstream whole;
    whole << golden.rdbuf();
    EXPECT_EQ(text + "\n", whole.str()) << path;
}

void expect_golden_answer(const std::string& name, const question::Question& question) {
    Answer answer = answered(question);
    answer.blueprint_version = 1;
    expect_as_golden(name + ".json", to_json(answer));
    expect_as_golden(name + ".txt", to_table(answer));
    expect_as_golden(name + ".csv", to_csv(answer));
}

TEST(AnswerGolden, Flow) {
    expect_golden_answer("flow", asking(Kind::Flow));
}
TEST(AnswerGolden, FlowCountsAlone) {
    question::Question question = asking(Kind::Flow);
    question.counts_only = true;
    expect_golden_answer("flow_counts", question);
}
TEST(AnswerGolden, Variants) {
    expect_golden_answer("variants", asking(Kind::Variants));
}
TEST(AnswerGolden, Funnel) {
    expect_golden_answer("funnel", asking(Kind::Funnel));
}
TEST(AnswerGolden, Trend) {
    expect_golden_answer("trend", asking(Kind::Trend));
}
TEST(AnswerGolden, Breakdown) {
    expect_golden_answer("breakdown", asking(Kind::Breakdown));
}
TEST(AnswerGolden, Promises) {
    expect_golden_answer("promises", asking(Kind::Promises));
}
TEST(AnswerGolden, Switches) {
    expect_golden_answer("switches", asking(Kind::Switches));
}
TEST(AnswerGolden, Drivers) {
    expect_golden_answer("drivers", asking(Kind::Drivers));
}
TEST(AnswerGolden, DriversByAField) {
    question::Question question = asking(Kind::Drivers);
    question.by = question::Field{question::FieldOf::Encounter, "channel"};
    question.factors.pop_back();
    FakeEngine engine = sample::engine();
    // The table's last column is the field's.
    Answer answer = answered(question, engine);
    answer.blueprint_version = 1;
    expect_as_golden("drivers_by_channel.json", to_json(answer));
    expect_as_golden("drivers_by_channel.txt", to_table(answer));
}
TEST(AnswerGolden, Lateness) {
    question::Question question = asking(Kind::Lateness);
    question.promise = "delivery";
    expect_golden_answer("lateness", question);
}
TEST(AnswerGolden, Foresight) {
    question::Question question = asking(Kind::Foresight);
    question.promise = "delivery";
    question.limit = 3;
    expect_golden_answer("foresight", question);
}
TEST(AnswerGolden, Conformance) {
    expect_golden_answer("conformance", asking(Kind::Conformance));
}
TEST(AnswerGolden, League) {
    expect_golden_answer("league", asking(Kind::League));
}
TEST(AnswerGolden, Causes) {
    expect_golden_answer("causes", asking(Kind::Causes));
}
TEST(AnswerGolden, Episodes) {
    expect_golden_answer("episodes", asking(Kind::Episodes));
}
TEST(AnswerGolden, Timeline) {
    expect_golden_answer("timeline", asking(Kind::Timeline));
}

TEST(AnswerGolden, ByAField) {
    question::Question question = asking(Kind::Variants);
    question.by = question::Field{question::FieldOf::Encounter, "channel"};
    expect_golden_answer("by_channel", question);
}

TEST(AnswerJson, ByAFieldSaysHowManyValuesHaveNoGroup) {
    question::Question question = asking(Kind::Variants);
    question.by = question::Field{question::FieldOf::Encounter, "channel"};
    FakeEngine engine = sample::engine();
    engine.value_counts.clear();
    for (int each = 0; each < 12'345; ++each) {
        engine.value_counts.push_back({"value " + std::to_string(each), 1});
    }
    const std::string json = to_json(answered(question, engine));
    EXPECT_NE(json.find(R"("other_values":12325)"), std::string::npos);
}

TEST(AnswerJson, EqualAnswersAreEqualBytes) {
    EXPECT_EQ(to_json(answered(asking(Kind::Flow))), to_json(answered(asking(Kind::Flow))));
}

TEST(AnswerJson, OfAPathThatIsNotShownAsAWholeItIsSaidHowMuchIsMissing) {
    FakeEngine engine = sample::engine();
    engine.episode_page.rows[0].encounters = 57'002;
    const Answer episodes = answered(asking(Kind::Episodes), engine);
    EXPECT_NE(to_json(episodes).find(R"("delivered"],"path_left_out":57000})"), std::string::npos);
    EXPECT_NE(to_table(episodes).find("delivered \u2192 (57,000 more)"), std::string::npos);
    EXPECT_NE(to_csv(episodes).find("\"order placed > delivered > (57,000 more)\""),
              std::string::npos);
}

TEST(AnswerJson, HostileNamesStayHarmlessEverywhere) {
    FakeEngine engine = sample::engine();
    engine.flow_counts.nodes[0].touchpoint = "</script><script>alert(1)</script>";
    engine.flow_counts.edges[0].to = "=HYPERLINK(\"http://x\")";
    engine.flow_counts.edges[1].from = "\x1b[2J\xff";
    const Answer answer = answered(asking(Kind::Flow), engine);
    const std::string json = to_json(answer);
    EXPECT_EQ(json.find("<"), std::string::npos);
    EXPECT_EQ(json.find('\x1b'), std::string::npos);
    EXPECT_EQ(json.find('\xff'), std::string::npos);
    const std::string table = to_table(answer);
    EXPECT_EQ(table.find('\x1b'), std::string::npos);
    EXPECT_EQ(table.find('\xff'), std::string::npos);
    const std::string csv = to_csv(answer);
    EXPECT_NE(csv.find("\"'=HYPERLINK(\"\"http://x\"\")\""), std::string::npos);
    EXPECT_EQ(csv.find('\x1b'), std::string::npos);
}

TEST(AnswerJson, NothingLeftIsAnEmptyAnswerWithAFinding) {
    for (const Kind kind : {Kind::Flow,
                            Kind::Variants,
                            Kind::Funnel,
                            Kind::Trend,
                            Kind::Breakdown,
                            Kind::Promises,
                            Kind::Switches,
                            Kind::Drivers,
                            Kind::Conformance,
                            Kind::Causes,
                            Kind::League,
                            Kind::Episodes,
                            Kind::Timeline}) {
        const Answer empty = answered(asking(kind), FakeEngine());
        EXPECT_EQ(empty.finding.id, "nothing");
        EXPECT_EQ(empty.finding.text, "No encounter matches.");
        EXPECT_NE(to_json(empty).find("\"first\":null,\"latest\":null"), std::string::npos);
        EXPECT_FALSE(to_table(empty).empty());
        EXPECT_EQ(std::ranges::count(to_csv(empty), '\n'), 1);
    }
}

TEST(AnswerJson, TenThousandVariantsAreQuick) {
    FakeEngine engine = sample::engine();
    const question::Variant one = engine.variant_counts.variants.front();
    engine.variant_counts.variants.assign(10'000, one);
    const auto start = std::chrono::steady_clock::now();
    const std::string json = to_json(answered(asking(Kind::Variants), engine));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    EXPECT_GT(json.size(), 1'000'000U);
    RecordProperty("milliseconds", static_cast<int>(1000 * took.count()));
    EXPECT_LT(took.count(), 5.0);  // 0.2 s when measured; generous for a loaded machine
}

}  // namespace
}  // namespace kokemus::answer
