#include "answer/finding.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "answer/sample_test.h"

namespace kokemus::answer {
namespace {

using question::Kind;
using sample::answered;
using sample::asking;
using sample::scores;

Finding found(const FakeEngine& engine, Kind kind) {
    return answered(asking(kind), engine).finding;
}

Finding::Content value_of(const Finding& finding, const std::string& name) {
    const auto found =
        std::ranges::find(finding.values, name, [](const auto& each) { return each.first; });
    return found == finding.values.end() ? Finding::Content("(absent)") : found->second;
}

TEST(FindingTexts, AreAscendingByIdAndEndAsSentences) {
    const auto ids = finding_ids();
    EXPECT_TRUE(std::ranges::is_sorted(ids));
    EXPECT_EQ(std::ranges::adjacent_find(ids), ids.end());
}

TEST(FindingTexts, BracesInNamesAreNoPlaces) {
    const Finding finding = FindingMaker("funnel.passes")
                                .text("from", "{to}")
                                .text("to", "{")
                                .estimate("", metric::share(5, 10, "share 1"))
                                .done();
    EXPECT_EQ(finding.text, "50%, 24 to 76, get from {to} to {.");
}

TEST(Simultaneous, SharesTheErrorAmongAllComparisons) {
    EXPECT_DOUBLE_EQ(simultaneous(0), 0.95);
    EXPECT_DOUBLE_EQ(simultaneous(1), 0.95);
    EXPECT_DOUBLE_EQ(simultaneous(10), 0.995);
}

TEST(FlowFinding, TheStepWithTheLargestLoss) {
    const Finding finding = found(sample::engine(), Kind::Flow);
    EXPECT_EQ(finding.id, "flow.worst_edge");
    EXPECT_EQ(std::get<std::string>(value_of(finding, "from")), "order placed");
    EXPECT_EQ(std::get<std::string>(value_of(finding, "to")), "call");
    EXPECT_EQ(finding.text,
              "20.0% of threads go from order placed to call, and those feel 3.0, 2.6 to 3.4, "
              "lower than the rest.");
}

TEST(FlowFinding, NothingBeyondChanceIsSaid) {
    FakeEngine engine = sample::engine();
    engine.flow_counts.experience = scores(200, 0.5, 2);
    for (question::FlowEdge& edge : engine.flow_counts.edges) {
        edge.experience = scores(edge.units == 60 ? 60 : 140, 0.5, 2);
    }
    EXPECT_EQ(found(engine, Kind::Flow).id, "flow.even");
}

TEST(FlowFinding, AnEdgeThatMostTakeIsNoFinding) {
    FakeEngine engine = sample::engine();
    engine.flow_counts.experience = scores(200, -1.5);
    engine.flow_counts.experience.merge(scores(40, 2));
    engine.flow_counts.edges = {engine.flow_counts.edges[3]};
    engine.flow_counts.edges[0].experience = scores(200, -1.5);
    EXPECT_EQ(found(engine, Kind::Flow).id, "flow.even");
}

TEST(FlowFinding, ManyEdgesNeedMoreEvidenceThanOne) {
    FakeEngine engine = sample::engine();
    question::FlowCounts& counts = engine.flow_counts;
    counts.experience = scores(60, -0.45, 2);
    counts.experience.merge(scores(140, 0.45, 2));
    counts.edges.resize(4);
    counts.edges.erase(counts.edges.begin(), counts.edges.begin() + 2);
    counts.edges[0].experience = scores(60, -0.45, 2);
    counts.edges[1].experience = scores(140, 0.45, 2);
    EXPECT_EQ(found(engine, Kind::Flow).id, "flow.worst_edge");
    question::FlowEdge other = counts.edges[0];
    other.experience = scores(60, 0.2, 2);
    for (int i = 0; i < 200; ++i) {
        other.to = "other " + std::to_string(i);
        counts.edges.push_back(other);
    }
    EXPECT_EQ(found(engine, Kind::Flow).id, "flow.even");
}

TEST(FlowFinding, WithoutScoresTheBusiestStep) {
    FakeEngine engine = sample::engine();
    engine.flow_counts.experience = stats::Moments();
    const Finding finding = found(engine, Kind::Flow);
    EXPECT_EQ(finding.id, "flow.no_scores");
    EXPECT_EQ(std::get<std::string>(value_of(finding, "to")), "delivered");
}

TEST(VariantsFinding, OneCourseOfAll) {
    FakeEngine engine = sample::engine();
    engine.variant_counts.distinct = 1;
    EXPECT_EQ(found(engine, Kind::Variants).text, "All threads take the same course.");
}

TEST(VariantsFinding, TooFewUnits) {
    FakeEngine engine = sample::engine();
    engine.variant_counts.population.units = 4;
    EXPECT_EQ(found(engine, Kind::Variants).text, "Not enough answers: 4 of 10 needed.");
}

TEST(FunnelFinding, TheLargestLossMustBeClear) {
    FakeEngine engine = sample::engine();
    EXPECT_EQ(found(engine, Kind::Funnel).id, "funnel.largest_loss");
    engine.funnel_counts.steps[1].units = 265;  // 35 lost, then 25
    EXPECT_EQ(found(engine, Kind::Funnel).id, "funnel.no_worst");
}

TEST(FunnelFinding, NobodyLostAndTwoSteps) {
    FakeEngine engine = sample::engine();
    for (question::FunnelStep& step : engine.funnel_counts.steps) {
        step.units = 300;
    }
    EXPECT_EQ(found(engine, Kind::Funnel).id, "funnel.none_lost");
    engine = sample::engine();
    engine.funnel_counts.steps.pop_back();
    question::Question question = asking(Kind::Funnel);
    question.steps.pop_back();
    EXPECT_EQ(answered(question, engine).finding.text,
              "93.3%, 89.9 to 95.6, get from order placed to paid or invoiced.");
}

TEST(TrendFinding, HalvesOfTheWholePeriods) {
    EXPECT_EQ(found(sample::engine(), Kind::Trend).id, "trend.better");
    FakeEngine engine = sample::engine();
    std::swap(engine.series_counts.groups[0].counts, engine.series_counts.groups[1].counts);
    EXPECT_EQ(found(engine, Kind::Trend).id, "trend.worse");
    engine.series_counts.groups[1].counts = engine.series_counts.groups[0].counts;
    EXPECT_EQ(found(engine, Kind::Trend).id, "trend.no_change");
}

TEST(TrendFinding, AnUnfinishedPeriodDecidesNothing) {
    FakeEngine engine = sample::engine();
    engine.series_counts.groups.erase(engine.series_counts.groups.begin());
    EXPECT_EQ(found(engine, Kind::Trend).id, "trend.too_short");
}

TEST(TrendFinding, RisingContactsAreWorse) {
    FakeEngine engine = sample::engine();
    const auto contacts = [](double of_each) {
        question::MetricCounts counts;
        counts.customers = 400;
        counts.a = of_each * 400;
        counts.b = 400;
        counts.aa = of_each * of_each * 400 + 100;
        counts.ab = of_each * 400;
        counts.bb = 400;
        return counts;
    };
    engine.series_counts.groups[0].counts = contacts(1);
    engine.series_counts.groups[1].counts = contacts(2);
    engine.series_counts.total = contacts(1.5);
    question::Question question = asking(Kind::Trend);
    question.metric = "contact_rate";
    EXPECT_EQ(answered(question, engine).finding.id, "trend.worse");
}

TEST(BreakdownFinding, WorstMustBeBelowTheWholeBeyondChance) {
    FakeEngine engine = sample::engine();
    const Finding worst = found(engine, Kind::Breakdown);
    EXPECT_EQ(worst.id, "breakdown.worst");
    EXPECT_EQ(std::get<std::string>(value_of(worst, "group")), "phone");
    question::MetricCounts even;
    even.levels = {{10, 60}, {2, 40}};
    for (question::MetricGroup& group : engine.series_counts.groups) {
        group.counts = even;
    }
    EXPECT_EQ(found(engine, Kind::Breakdown).id, "breakdown.even");
}

TEST(BreakdownFinding, OneGroupAloneAndNoneAtAll) {
    FakeEngine engine = sample::engine();
    engine.series_counts.groups.resize(1);
    EXPECT_EQ(found(engine, Kind::Breakdown).id, "breakdown.one");
    engine.series_counts.groups[0].counts = question::MetricCounts();
    EXPECT_EQ(found(engine, Kind::Breakdown).id, "not_enough");
}

TEST(PromisesFinding, FurthestBelowItsTarget) {
    const Finding finding = found(sample::engine(), Kind::Promises);
    EXPECT_EQ(finding.text, "delivery is kept 71%, 66 to 76; 90% is the target.");
}

TEST(PromisesFinding, LeastKeptMustBeClear) {
    FakeEngine engine = sample::engine();
    engine.promise_counts.promises[1].promise = "visit";  // without a target
    EXPECT_EQ(found(engine, Kind::Promises).id, "promises.least_kept");
    engine.promise_counts.promises[0].kept = 28;
    engine.promise_counts.promises[0].late = 12;
    EXPECT_EQ(found(engine, Kind::Promises).id, "promises.no_worst");
}

TEST(PromisesFinding, MetNoneAndOne) {
    FakeEngine engine = sample::engine();
    engine.promise_counts.promises[1].kept = 10'000;
    EXPECT_EQ(found(engine, Kind::Promises).id, "promises.met");
    engine.promise_counts.promises.resize(1);
    EXPECT_EQ(found(engine, Kind::Promises).text, "call-back is kept 100.0%, 91.2 to 100.0.");
    engine.promise_counts.promises.clear();
    EXPECT_EQ(found(engine, Kind::Promises).id, "promises.none");
}

TEST(SwitchesFinding, ForcedUnforcedAndNone) {
    FakeEngine engine = sample::engine();
    EXPECT_EQ(found(engine, Kind::Switches).id, "switches.forced");
    engine.switch_counts.switches[0].forced = 0;
    EXPECT_EQ(found(engine, Kind::Switches).id, "switches.unforced");
    engine.switch_counts.units_with_switch = 0;
    EXPECT_EQ(found(engine, Kind::Switches).id, "switches.none");
}

TEST(SwitchesFinding, FirstContactResolutionIsNotYetKnownWithoutFollowUp) {
    FakeEngine engine = sample::engine();
    engine.switch_counts.all.event_hours = {{5, 30}};
    engine.switch_counts.all.censored = 90;
    engine.switch_counts.all.censored_hours = {{50, 90}};
    const auto switches = std::get<Switches>(answered(asking(Kind::Switches), engine).body);
    EXPECT_EQ(switches.repeats.first_contact_resolution.why_not,
              "not yet known: nobody has been followed for the whole window");
    EXPECT_TRUE(switches.repeats.again.enough());
}

TEST(DriversFinding, FirstTiedNoneAndFew) {
    FakeEngine engine = sample::engine();
    const Finding first = found(engine, Kind::Drivers);
    EXPECT_EQ(first.id, "drivers.first");
    EXPECT_EQ(first.text.find("What goes most with nps is days late with 'delivery': "), 0U);
    auto& columns = engine.unit_table.columns;
    const auto late = columns[1].numbers;
    // The outcome is the sum of two that vary alike.
    for (std::size_t row = 0; row < columns[0].numbers.size(); ++row) {
        columns[1].numbers[row] = static_cast<double>(row % 5);
        columns[2].numbers[row] = static_cast<double>(row / 5 % 5);
        columns[0].numbers[row] = columns[1].numbers[row] + columns[2].numbers[row];
    }
    EXPECT_EQ(found(engine, Kind::Drivers).id, "drivers.tied");
    for (std::size_t row = 0; row < columns[0].numbers.size(); ++row) {
        columns[0].numbers[row] = static_cast<double>(row % 2);
    }
    EXPECT_EQ(found(engine, Kind::Drivers).id, "drivers.none");
    for (std::size_t column = 1; column < columns.size(); ++column) {
        columns[column].numbers.assign(columns[column].numbers.size(), 1);
        columns[column].codes.assign(columns[column].codes.size(), 0);
    }
    EXPECT_EQ(found(engine, Kind::Drivers).id, "drivers.no_factors");
    engine.unit_table.customers.resize(20);
    engine.unit_table.starts.resize(20);
    for (std::size_t row = 0; row < 20; ++row) {
        columns[1].numbers[row] = static_cast<double>(row % 2);
    }
    EXPECT_EQ(found(engine, Kind::Drivers).id, "drivers.few");
    columns[0].numbers.assign(columns[0].numbers.size(), 7);
    EXPECT_EQ(found(engine, Kind::Drivers).id, "drivers.same");
}

TEST(PageFindings, OneIsNotMany) {
    FakeEngine engine = sample::engine();
    EXPECT_EQ(found(engine, Kind::Episodes).text, "3,496 threads match.");
    EXPECT_EQ(found(engine, Kind::Timeline).text, "1 encounter.");
}

}  // namespace
}  // namespace kokemus::answer
