#include "answer/check.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "answer/number_text.h"
#include "base/limits.h"
#include "base/text.h"
#include "metric/compare.h"
#include "promise/standing.h"

namespace kokemus::answer {
namespace {

CheckVerdict verdict_of(metric::Verdict verdict) {
    switch (verdict) {
        case metric::Verdict::Met: return CheckVerdict::Met;
        case metric::Verdict::Missed: return CheckVerdict::Missed;
        case metric::Verdict::Unclear: return CheckVerdict::Unclear;
        case metric::Verdict::NotEnough:
        case metric::Verdict::NoTarget: break;
    }
    return CheckVerdict::NotEnough;
}

std::string why_of(CheckVerdict verdict, const Value& value, double target) {
    const std::string aim = exact_text(target, value.unit);
    switch (verdict) {
        case CheckVerdict::Met: return fmt::format("{} holds {}", value_text(value), aim);
        case CheckVerdict::Missed:
            return fmt::format("{} falls short of {}", value_text(value), aim);
        case CheckVerdict::Unclear:
            return fmt::format(
                "{} holds {} within its interval: it cannot be told", value_text(value), aim);
        default: return fmt::format("{} of {} answers needed", value.is.n, value.needed);
    }
}

CheckRow held_against(std::string what, std::string name, Value value, double target,
                      bool high_is_good) {
    CheckRow row;
    row.what = std::move(what);
    row.name = std::move(name);
    row.target = target;
    row.verdict = verdict_of(metric::against_target(value, target, high_is_good));
    row.why = why_of(row.verdict, value, target);
    row.value = std::move(value);
    return row;
}

/// The units a metric is counted over where nobody asks otherwise: episodes of its journey, or of
/// every journey, for one that counts completed episodes; else customers.
std::vector<question::Unit> usual_units(const blueprint::Metric& metric,
                                        const blueprint::Blueprint& blueprint) {
    if (metric.kind != blueprint::MetricKind::Completion) {
        return {question::Unit{}};
    }
    if (!metric.journey.empty()) {
        return {question::Unit{question::UnitKind::Journey, metric.journey}};
    }
    std::vector<question::Unit> units;
    for (const blueprint::Journey& journey : blueprint.journeys) {
        units.push_back(question::Unit{question::UnitKind::Journey, journey.name});
    }
    return units;
}

Result<question::MetricCounts> counts_of(const question::Engine& engine,
                                         const blueprint::Metric& metric,
                                         const blueprint::Blueprint& blueprint,
                                         const CheckScope& scope) {
    question::MetricCounts counts;
    for (question::Unit& unit : usual_units(metric, blueprint)) {
        question::Question question;
        question.range = scope.range;
        question.where = scope.where;
        question.kind = question::Kind::Trend;
        question.grain = question::Grain::Month;
        question.metric = metric.name;
        question.per = std::move(unit);
        metric::add(counts, TRY(engine.trend(question)).total);
    }
    return counts;
}

Status check_metrics(const question::Engine& engine, const blueprint::Blueprint& blueprint,
                     const CheckScope& scope, std::vector<CheckRow>& rows) {
    for (const blueprint::Metric& metric : blueprint.metrics) {
        if (!metric.target) {
            continue;
        }
        const metric::Definition definition = metric::define(metric, blueprint);
        const question::MetricCounts counts = TRY(counts_of(engine, metric, blueprint, scope));
        rows.push_back(held_against("metric",
                                    metric.name,
                                    metric::value(definition, counts),
                                    *metric.target,
                                    definition.high_is_good()));
    }
    return {};
}

Status check_promises(const question::Engine& engine, const blueprint::Blueprint& blueprint,
                      const CheckScope& scope, std::vector<CheckRow>& rows) {
    const bool any = std::ranges::any_of(
        blueprint.promises, [](const auto& promise) { return promise.target.has_value(); });
    if (!any) {
        return {};
    }
    question::Question question;
    question.range = scope.range;
    question.where = scope.where;
    question.kind = question::Kind::Promises;
    const question::PromiseCounts counts = TRY(engine.promises(question));
    for (const blueprint::Promise& promise : blueprint.promises) {
        if (!promise.target) {
            continue;
        }
        const auto tally =
            std::ranges::find(counts.promises, promise.name, &question::PromiseTally::promise);
        if (tally == counts.promises.end() || tally->made == 0) {
            rows.push_back(CheckRow{
                "promise",
                promise.name,
                std::nullopt,
                promise.target,
                CheckVerdict::NeverMade,
                "no encounter makes it: look at `made`, or send `due." + promise.name + "`"});
            continue;
        }
        const promise::Standing standing = promise::stand(*tally, &promise);
        rows.push_back(
            held_against("promise",
                         promise.name,
                         metric::share_of(standing.kept_rate, "kept 1", metric::usual_minimum),
                         *promise.target,
                         true));
    }
    return {};
}

CheckRow touchpoint_row(std::string name, CheckVerdict verdict, std::string why) {
    return CheckRow{
        "touchpoint", std::move(name), std::nullopt, std::nullopt, verdict, std::move(why)};
}

Status check_touchpoints(const question::Engine& engine, const blueprint::Blueprint& blueprint,
                         const CheckScope& scope, std::vector<CheckRow>& rows) {
    const question::Field field{question::FieldOf::Encounter, "touchpoint"};
    question::Question whole;
    whole.range = scope.range;
    whole.where = scope.where;
    const auto values = TRY(engine.values(field, whole, limits::rows_per_page_max));
    auto seen = values.most;
    std::ranges::sort(seen, {}, &question::Engine::ValueCount::value);
    if (blueprint.touchpoints.empty() && !seen.empty()) {
        rows.push_back(
            touchpoint_row("(all)",
                           CheckVerdict::NotInBlueprint,
                           fmt::format("the blueprint names no touchpoint; the encounters have {}",
                                       count_text(values.distinct))));
        return {};
    }
    for (const question::Engine::ValueCount& each : seen) {
        if (blueprint.touchpoint(each.value) == nullptr) {
            rows.push_back(touchpoint_row(
                each.value,
                CheckVerdict::NotInBlueprint,
                count_of(each.encounters, "encounter", "encounters") + " happened there"));
        }
    }
    if (values.distinct > seen.size()) {
        rows.push_back(touchpoint_row(
            "(others)",
            CheckVerdict::NotInBlueprint,
            fmt::format("the encounters have {} touchpoints; only the {} with most encounters were "
                        "looked at",
                        count_text(values.distinct),
                        count_text(seen.size()))));
    }
    std::set<std::string> orphans;
    for (const blueprint::Touchpoint& touchpoint : blueprint.touchpoints) {
        if (touchpoint.owner.empty()) {
            orphans.insert(touchpoint.name);
        }
    }
    for (const std::string& orphan : orphans) {
        rows.push_back(touchpoint_row(
            orphan, CheckVerdict::NobodyOwns, "give it an `owner` in the blueprint"));
    }
    return {};
}

Status check_journeys(const question::Engine& engine, const blueprint::Blueprint& blueprint,
                      const CheckScope& scope, std::vector<CheckRow>& rows) {
    for (const blueprint::Journey& journey : blueprint.journeys) {
        question::Question question;
        question.range = scope.range;
        question.where = scope.where;
        question.kind = question::Kind::Episodes;
        question.per = question::Unit{question::UnitKind::Journey, journey.name};
        question.limit = 1;
        if (TRY(engine.episodes(question)).total == 0) {
            rows.push_back(CheckRow{"journey",
                                    journey.name,
                                    std::nullopt,
                                    std::nullopt,
                                    CheckVerdict::NoEpisodes,
                                    "no encounter begins it: look at `starts`"});
        }
    }
    return {};
}

}  // namespace

std::string_view name_of(CheckVerdict verdict) {
    switch (verdict) {
        case CheckVerdict::Met: return "met";
        case CheckVerdict::Missed: return "missed";
        case CheckVerdict::Unclear: return "unclear";
        case CheckVerdict::NotEnough: return "not enough";
        case CheckVerdict::NotInBlueprint: return "not in the blueprint";
        case CheckVerdict::NobodyOwns: return "nobody owns it";
        case CheckVerdict::NoEpisodes: return "no episodes";
        case CheckVerdict::NeverMade: return "never made";
    }
    return "";
}

std::size_t CheckReport::missed() const {
    return static_cast<std::size_t>(
        std::ranges::count(rows, CheckVerdict::Missed, &CheckRow::verdict));
}

Result<CheckReport> check(const question::Engine& engine, const blueprint::Blueprint& blueprint,
                          const CheckScope& scope) {
    CheckReport report;
    TRY(check_metrics(engine, blueprint, scope, report.rows));
    TRY(check_promises(engine, blueprint, scope, report.rows));
    TRY(check_touchpoints(engine, blueprint, scope, report.rows));
    TRY(check_journeys(engine, blueprint, scope, report.rows));
    return report;
}

}  // namespace kokemus::answer
