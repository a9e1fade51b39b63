#include <cstdlib>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/parallel.h"
#include "describe.h"
#include "draw.h"
#include "question/format.h"
#include "random_world.h"
#include "reference.h"
#include "timeline/timeline_engine.h"
#include "world_timeline.h"

namespace kokemus::reference {
namespace {

using question::Kind;

/// What the timeline says to one question of each kind, against what the reference says.
class Differential : public testing::Test {
protected:
    void look_at(const std::vector<Drawn>& drawn) {
        world_ = std::make_unique<World>(make_world(drawn));
        history_ = std::make_unique<History>(*world_);
        const auto parts = *rc::gen::inRange<std::size_t>(1, 4);
        engine_ = std::make_unique<timeline::TimelineEngine>(timeline_of(*world_, parts));
    }

    /// Draws a question of the kind and asks both.
    template <typename FromEngine, typename FromReference>
    void ask(Kind kind, const FromEngine& from_engine, const FromReference& from_reference) {
        look_at(*draw_encounters());
        Choices choices(*draw_choices());
        const auto question = make_question(kind, choices);
        const std::string actual = describe(from_engine(*engine_, question));
        const std::string expected = describe(from_reference(*history_, question));
        RC_LOG() << question::format(question) << "\n\nthe timeline says\n"
                 << actual << "\nthe reference says\n"
                 << expected;
        RC_ASSERT(same(actual, expected));
    }

    std::unique_ptr<World> world_;
    std::unique_ptr<History> history_;
    std::unique_ptr<timeline::TimelineEngine> engine_;
};

RC_GTEST_FIXTURE_PROP(Differential, Flow, ()) {
    ask(
        Kind::Flow, [](const auto& engine, const auto& asked) { return engine.flow(asked); }, flow);
}

/// What a question for the counts alone leaves out.
question::FlowCounts only_counts(const question::FlowCounts& all) {
    question::FlowCounts counts;
    counts.population = all.population;
    for (const auto& node : all.nodes) {
        counts.nodes.emplace_back();
        counts.nodes.back().touchpoint = node.touchpoint;
        counts.nodes.back().encounters = node.encounters;
    }
    for (const auto& edge : all.edges) {
        counts.edges.emplace_back();
        counts.edges.back().from = edge.from;
        counts.edges.back().to = edge.to;
        counts.edges.back().count = edge.count;
    }
    return counts;
}

RC_GTEST_FIXTURE_PROP(Differential, FlowCountsAlone, ()) {
    ask(
        Kind::Flow,
        [](const auto& engine, auto asked) {
            asked.counts_only = true;
            return engine.flow(asked);
        },
        [](const auto& history, const auto& asked) { return only_counts(flow(history, asked)); });
}

RC_GTEST_FIXTURE_PROP(Differential, Variants, ()) {
    ask(
        Kind::Variants,
        [](const auto& engine, const auto& asked) { return engine.variants(asked); },
        variants);
}

/// Without times, as other questions ask for them.
RC_GTEST_FIXTURE_PROP(Differential, VariantsWithoutTimes, ()) {
    ask(
        Kind::Variants,
        [](const auto& engine, auto asked) {
            asked.counts_only = true;
            return engine.variants(asked);
        },
        [](const auto& history, const auto& asked) -> Result<question::VariantCounts> {
            auto counts = variants(history, asked);
            for (auto& variant : counts.variants) {
                variant.milliseconds = {};
                variant.seconds_sum = 0;
            }
            return counts;
        });
}

RC_GTEST_FIXTURE_PROP(Differential, Funnel, ()) {
    ask(
        Kind::Funnel,
        [](const auto& engine, const auto& asked) { return engine.funnel(asked); },
        funnel);
}

RC_GTEST_FIXTURE_PROP(Differential, Trend, ()) {
    ask(
        Kind::Trend,
        [](const auto& engine, const auto& asked) { return engine.trend(asked); },
        trend);
}

RC_GTEST_FIXTURE_PROP(Differential, Breakdown, ()) {
    ask(
        Kind::Breakdown,
        [](const auto& engine, const auto& asked) { return engine.breakdown(asked); },
        breakdown);
}

RC_GTEST_FIXTURE_PROP(Differential, Promises, ()) {
    ask(
        Kind::Promises,
        [](const auto& engine, const auto& asked) { return engine.promises(asked); },
        promises);
}

RC_GTEST_FIXTURE_PROP(Differential, Switches, ()) {
    ask(
        Kind::Switches,
        [](const auto& engine, const auto& asked) { return engine.switches(asked); },
        switches);
}

RC_GTEST_FIXTURE_PROP(Differential, Causes, ()) {
    ask(
        Kind::Causes,
        [](const auto& engine, const auto& asked) { return engine.causes(asked); },
        causes);
}

RC_GTEST_FIXTURE_PROP(Differential, Episodes, ()) {
    ask(
        Kind::Episodes,
        [](const auto& engine, const auto& asked) { return engine.episodes(asked); },
        episodes);
}

RC_GTEST_FIXTURE_PROP(Differential, Timeline, ()) {
    ask(
        Kind::Timeline,
        [](const auto& engine, const auto& asked) { return engine.timeline(asked); },
        reference::timeline);
}

RC_GTEST_FIXTURE_PROP(Differential, Values, ()) {
    const auto limit = *rc::gen::inRange<std::size_t>(1, 8);
    ask(
        Kind::Breakdown,
        [&](const auto& engine, const auto& asked) {
            return engine.values(*asked.by, asked, limit);
        },
        [&](const auto& history, const auto& asked) {
            return values(history, *asked.by, asked, limit);
        });
}

RC_GTEST_FIXTURE_PROP(Differential, Table, ()) {
    Choices factors(*draw_choices());
    question::TableWish wish;
    ask(
        Kind::Episodes,
        [&](const auto& engine, const auto& asked) {
            wish = make_wish(asked, factors);
            for (const question::Factor& factor : wish.columns) {
                RC_LOG() << question::format(factor) << "\n";
            }
            return engine.table(asked, wish);
        },
        [&](const auto& history, const auto& asked) { return table(history, asked, wish); });
}

/// Each group of a breakdown is what the metric gives with a filter for its value.
RC_GTEST_FIXTURE_PROP(Differential, BreakdownIsTheSameAsFilteringForEachValue, ()) {
    look_at(*draw_encounters());
    Choices choices(*draw_choices());
    auto question = make_question(Kind::Breakdown, choices);
    question.having = nullptr;
    const auto whole = engine_->breakdown(question);
    RC_ASSERT(whole.has_value());
    const auto where = question.where;
    for (const auto& group : whole->groups) {
        const auto is_value = std::make_shared<const question::Condition>(
            question::Condition{question::TextCondition{*question.by, {group.value}, false}});
        std::vector<question::ConditionPtr> both;
        both.push_back(is_value);
        if (where != nullptr) {
            both.push_back(where);
        }
        question.where =
            std::make_shared<const question::Condition>(question::Condition{question::And{both}});
        const auto part = engine_->breakdown(question);
        RC_ASSERT(part->groups.size() == 1U);
        question::SeriesCounts expected;
        expected.total = group.counts;
        question::SeriesCounts actual;
        actual.total = part->total;
        RC_ASSERT(same(describe(actual), describe(expected)));
    }
}

}  // namespace
}  // namespace kokemus::reference

/// KOKEMUS_CASES=10000 is the long run; RC_PARAMS of rapidcheck still has the last word.
int main(int argc, char** argv) {
    const char* cases = std::getenv("KOKEMUS_CASES");
    const char* own = std::getenv("RC_PARAMS");
    const std::string parameters = std::string("max_success=") +
                                   (cases != nullptr ? cases : "500") + " max_size=60 " +
                                   (own != nullptr ? own : "");
    setenv("RC_PARAMS", parameters.c_str(), 1);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
