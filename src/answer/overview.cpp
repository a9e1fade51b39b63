#include "answer/overview.h"

#include <algorithm>

#include "answer/ask.h"
#include "answer/overview_finding.h"
#include "question/format.h"

namespace kokemus::answer {

namespace {

using question::Kind;
using question::Question;

constexpr std::size_t touchpoints_max = 10;

/// The scope that all questions of one overview share.
struct Scope {
    TimeRange range;
    question::ConditionPtr where;
    const question::Engine& engine;
    const blueprint::Blueprint& blueprint;
    Instant known_until{};

    Question ask_for(Kind kind) const {
        Question question;
        question.kind = kind;
        question.range = range;
        question.where = where;
        return question;
    }

    template <typename Body>
    Result<Body> ask(const Question& question) const {
        Answer whole = TRY(answer(question, engine, blueprint, known_until));
        return std::get<Body>(std::move(whole.body));
    }
};

Question of_journey(Question question, const blueprint::Journey& journey) {
    question.per = {question::UnitKind::Journey, journey.name};
    return question;
}

std::optional<TimeRange> period_before(const TimeRange& range) {
    if (range.from == Instant::min() || range.to == Instant::max()) {
        return std::nullopt;
    }
    return TimeRange{range.from - (range.to - range.from), range.from};
}

std::optional<double> intended_feeling(const blueprint::Journey& journey) {
    double sum = 0;
    int stages = 0;
    for (const auto& [stage, feeling] : journey.stage_feelings) {
        if (feeling.intended) {
            sum += *feeling.intended;
            ++stages;
        }
    }
    return stages == 0 ? std::nullopt : std::optional(sum / stages);
}

void add_kept(JourneyStanding& standing, const Promises& promises) {
    std::uint64_t kept = 0;
    std::uint64_t decided = 0;
    double target_sum = 0;
    std::uint64_t with_target = 0;
    for (const PromiseRow& row : promises.rows) {
        kept += row.standing.tally.kept;
        decided += row.standing.decided();
        if (row.standing.target) {
            target_sum += *row.standing.target * static_cast<double>(row.standing.decided());
            with_target += row.standing.decided();
        }
    }
    if (decided > 0) {
        standing.kept = metric::share(kept, decided, "kept 1");
    }
    if (with_target > 0) {
        standing.kept_target = target_sum / static_cast<double>(with_target);
    }
}

Result<JourneyStanding> stand(const blueprint::Journey& journey, const Scope& scope) {
    JourneyStanding standing;
    standing.journey = &journey;
    standing.intended = intended_feeling(journey);
    const Question flow = of_journey(scope.ask_for(Kind::Flow), journey);
    const Answer lived = TRY(answer(flow, scope.engine, scope.blueprint, scope.known_until));
    standing.episodes = lived.population.units;
    standing.experience = std::get<Flow>(lived.body).experience;
    if (const auto before = period_before(scope.range)) {
        Question earlier = flow;
        earlier.range = *before;
        standing.previous = TRY(scope.ask<Flow>(earlier)).experience;
        standing.change = metric::change(standing.experience, *standing.previous);
    }
    add_kept(standing,
             TRY(scope.ask<Promises>(of_journey(scope.ask_for(Kind::Promises), journey))));
    Question completion = of_journey(scope.ask_for(Kind::Trend), journey);
    completion.metric = "completion";
    completion.grain = question::Grain::Month;
    standing.completion = TRY(scope.ask<Trend>(completion)).total;
    standing.drill = question::format(of_journey(scope.ask_for(Kind::Episodes), journey));
    return standing;
}

Result<std::vector<MetricStanding>> metrics(const Scope& scope) {
    std::vector<MetricStanding> standings;
    for (const blueprint::Metric& metric : scope.blueprint.metrics) {
        Question question = scope.ask_for(Kind::Trend);
        question.metric = metric.name;
        if (metric.kind == blueprint::MetricKind::Completion) {
            if (metric.journey.empty()) {
                continue;  // told per journey already
            }
            question.per = {question::UnitKind::Journey, metric.journey};
        }
        MetricStanding standing;
        standing.trend = TRY(scope.ask<Trend>(question));
        if (standing.trend.total.is.n == 0) {
            continue;
        }
        standing.verdict =
            metric::against_target(standing.trend.total, metric.target, metric.high_is_good);
        standing.drill = standing.trend.drill;
        standings.push_back(std::move(standing));
    }
    return standings;
}

/// Touchpoints whose own scores lie below those of all, beyond chance.
std::vector<FlowNode> worst(const Flow& flow) {
    std::vector<FlowNode> nodes;
    for (const FlowNode& node : flow.nodes) {
        if (node.experience.enough() && flow.experience.enough() &&
            node.experience.is.interval.high < flow.experience.is.estimate) {
            nodes.push_back(node);
        }
    }
    std::sort(nodes.begin(), nodes.end(), [](const FlowNode& a, const FlowNode& b) {
        return std::pair(a.experience.is.estimate, a.touchpoint) <
               std::pair(b.experience.is.estimate, b.touchpoint);
    });
    if (nodes.size() > touchpoints_max) {
        nodes.resize(touchpoints_max);
    }
    return nodes;
}

}  // namespace

Result<Overview> overview(const TimeRange& range, const question::ConditionPtr& where,
                          const question::Engine& engine, const blueprint::Blueprint& blueprint,
                          Instant known_until) {
    const Scope scope{range, where, engine, blueprint, known_until};
    Overview overview;
    const Answer all = TRY(answer(scope.ask_for(Kind::Flow), engine, blueprint, known_until));
    overview.population = all.population;
    overview.touchpoints = worst(std::get<Flow>(all.body));
    for (const blueprint::Journey& journey : blueprint.journeys) {
        overview.journeys.push_back(TRY(stand(journey, scope)));
    }
    overview.metrics = TRY(metrics(scope));
    overview.promises = TRY(scope.ask<Promises>(scope.ask_for(Kind::Promises)));
    Question kept = scope.ask_for(Kind::Trend);
    kept.metric = "kept";
    overview.kept_trend = TRY(scope.ask<Trend>(kept));
    overview.finding = find(overview);
    return overview;
}

}  // namespace kokemus::answer
