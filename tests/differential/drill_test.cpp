// Every number opens exactly what it counted: each drill-down of an answer is read as a question,
// asked, and held against the number it stood beside.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "answer/ask.h"
#include "draw.h"
#include "question/format.h"
#include "question/parse.h"
#include "question/question_words.h"
#include "random_world.h"
#include "timeline/timeline_engine.h"
#include "world_timeline.h"

namespace kokemus::reference {
namespace {

using question::Kind;

class Drills : public testing::Test {
protected:
    /// Answers a random question of the kind about a random world.
    answer::Answer answer_of(Kind kind) {
        const World world = make_world(*draw_encounters());
        blueprint_ = world.blueprint;
        engine_ = std::make_unique<timeline::TimelineEngine>(timeline_of(world));
        Choices choices(*draw_choices());
        const auto question = as_read(make_question(kind, choices));
        RC_LOG() << question::format(question) << "\n";
        auto answer = answer::answer(question, *engine_, blueprint_, Instant());
        RC_ASSERT(answer.has_value());
        return std::move(*answer);
    }

    /// The question as the grammar can ask it: what it cannot say is left out, part by part.
    question::Question as_read(question::Question question) const {
        const question::KindRule& rule = question::rule_of(question.kind);
        const bool has_by = question.kind == Kind::Breakdown || question.kind == Kind::League;
        question.by = has_by ? question.by : std::nullopt;
        const bool has_window = rule.within && question.kind != Kind::League;
        question.within = has_window ? question.within : std::nullopt;
        question.limit = rule.rows ? question.limit : 0;
        question.offset = rule.rows ? question.offset : 0;
        if (question.kind == Kind::Conformance) {
            const bool plain = question.per.journey != "start and end";
            question.per = {question::UnitKind::Journey, plain ? "plain" : "start and end"};
        }
        const std::size_t steps = std::max<std::size_t>(question.steps.size(), 2);
        question.steps.resize(question.kind == Kind::Causes ? 1 : steps, {"a"});
        const std::vector<std::function<void()>> simplify = {
            [&] { question.having = nullptr; },
            [&] { question.where = nullptr; },
            [&] { question.range = {}; },
            [&] { question.per = episodes_for(question.metric); }};
        for (std::size_t i = 0; i <= simplify.size(); ++i) {
            auto read = question::parse_question(question::format(question), blueprint_);
            if (read) {
                return *read;
            }
            RC_LOG() << question::format(question) << "\n" << read.error().message << "\n";
            RC_ASSERT(i < simplify.size());
            simplify[i]();
        }
        return question;
    }

    /// The episodes of a metric's own journey, of any for one that has none.
    question::Unit episodes_for(const std::string& metric) const {
        const auto* declared = blueprint_.metric(metric);
        const bool any = declared == nullptr || declared->journey.empty();
        return {question::UnitKind::Journey, any ? "plain" : declared->journey};
    }

    std::uint64_t open(const std::string& drill) const {
        RC_LOG() << drill << "\n";
        const auto question = question::parse_question(drill, blueprint_);
        RC_ASSERT(question.has_value());
        const auto page = engine_->episodes(*question);
        RC_ASSERT(page.has_value());
        return page->total;
    }

    void expect(const std::string& drill, std::uint64_t units) const {
        RC_ASSERT(open(drill) == units);
    }

    /// Several answers, promises or contacts may be of one unit.
    void expect_of(const std::string& drill, std::uint64_t counted) const {
        const std::uint64_t units = open(drill);
        RC_ASSERT(units <= counted);
        RC_ASSERT((units == 0) == (counted == 0));
    }

    blueprint::Blueprint blueprint_ = awkward_blueprint();
    std::unique_ptr<timeline::TimelineEngine> engine_;
};

RC_GTEST_FIXTURE_PROP(Drills, Flow, ()) {
    const auto answer = answer_of(Kind::Flow);
    const auto& flow = std::get<answer::Flow>(answer.body);
    for (const auto& node : flow.nodes) {
        expect(node.drill, node.units);
    }
    for (const auto& edge : flow.edges) {
        expect(edge.drill, edge.units);
    }
}

RC_GTEST_FIXTURE_PROP(Drills, Variants, ()) {
    const auto answer = answer_of(Kind::Variants);
    for (const auto& variant : std::get<answer::Variants>(answer.body).rows) {
        expect(variant.drill, variant.count);
    }
}

RC_GTEST_FIXTURE_PROP(Drills, Funnel, ()) {
    const auto answer = answer_of(Kind::Funnel);
    for (const auto& step : std::get<answer::Funnel>(answer.body).steps) {
        expect(step.drill, step.units);
        if (!step.lost_drill.empty()) {
            expect(step.lost_drill, step.lost);
        }
    }
}

RC_GTEST_FIXTURE_PROP(Drills, Switches, ()) {
    const auto answer = answer_of(Kind::Switches);
    const auto& switches = std::get<answer::Switches>(answer.body);
    std::uint64_t forced = 0;
    for (const auto& row : switches.rows) {
        expect(row.drill, row.units);
        expect_of(row.drill_forced, row.forced);
        forced += row.forced;
    }
    expect_of(switches.drill_forced, forced);
    if (switches.units_with_switch.is.n > 0) {
        const double share = switches.units_with_switch.is.estimate;
        const auto units = static_cast<double>(answer.population.units);
        RC_ASSERT(std::llround(share * units) ==
                  static_cast<long long>(open(switches.drill_units_with_switch)));
    }
    auto repeats = switches.topics;
    repeats.push_back(switches.repeats);
    for (const auto& row : repeats) {
        expect_of(row.drill_contacts, row.contacts);
        const double again =
            row.again.is.n > 0 ? row.again.is.estimate * static_cast<double>(row.again.is.n) : 0;
        expect_of(row.drill_again, static_cast<std::uint64_t>(std::llround(again)));
    }
}

RC_GTEST_FIXTURE_PROP(Drills, Conformance, ()) {
    const auto answer = answer_of(Kind::Conformance);
    const auto& conformance = std::get<answer::Conformance>(answer.body);
    for (const auto& row : conformance.deviations) {
        expect(row.drill, row.episodes);
    }
    const auto on_path = static_cast<std::uint64_t>(
        std::llround(conformance.on_path.is.estimate * static_cast<double>(conformance.episodes)));
    expect(conformance.drill_on_path, on_path);
    expect(conformance.drill_off_path, conformance.episodes - on_path);
    RC_ASSERT(answer.population.units == conformance.episodes);
}

RC_GTEST_FIXTURE_PROP(Drills, Causes, ()) {
    const auto answer = answer_of(Kind::Causes);
    for (const auto& row : std::get<answer::Causes>(answer.body).rows) {
        expect(row.drill, row.tally.units);
    }
}

RC_GTEST_FIXTURE_PROP(Drills, League, ()) {
    const auto answer = answer_of(Kind::League);
    const auto& table = std::get<answer::LeagueTable>(answer.body);
    for (std::size_t i = 0; i < table.drills.size(); ++i) {
        const bool rate = table.metric.metric.kind == blueprint::MetricKind::ContactRate;
        expect_of(table.drills[i],
                  rate ? table.encounters[i] : table.league.units[i].measured.is.n);
    }
}

RC_GTEST_FIXTURE_PROP(Drills, Promises, ()) {
    const auto answer = answer_of(Kind::Promises);
    for (const auto& row : std::get<answer::Promises>(answer.body).rows) {
        const auto& tally = row.standing.tally;
        expect_of(row.drill_kept, tally.kept);
        expect_of(row.drill_late, tally.late);
        expect_of(row.drill_broken, tally.broken);
        expect_of(row.drill_open, tally.open);
        expect_of(row.drill_at_risk, tally.at_risk);
    }
}

RC_GTEST_FIXTURE_PROP(Drills, Trend, ()) {
    const auto answer = answer_of(Kind::Trend);
    const auto& trend = std::get<answer::Trend>(answer.body);
    const bool rate = trend.metric.metric.kind == blueprint::MetricKind::ContactRate;
    expect_of(trend.drill, rate ? answer.population.encounters : trend.total.is.n);
    for (const auto& point : trend.points) {
        expect_of(point.drill, rate ? point.encounters : point.value.is.n);
    }
}

RC_GTEST_FIXTURE_PROP(Drills, Breakdown, ()) {
    const auto answer = answer_of(Kind::Breakdown);
    const auto& breakdown = std::get<answer::Breakdown>(answer.body);
    for (const auto& group : breakdown.groups) {
        const bool rate = breakdown.metric.metric.kind == blueprint::MetricKind::ContactRate;
        expect_of(group.drill, rate ? group.encounters : group.estimate.is.n);
    }
}

}  // namespace
}  // namespace kokemus::reference
