#include <algorithm>
#include <unordered_map>

#include "answer/build.h"
#include "answer/finding.h"
#include "answer/number_text.h"
#include "base/text.h"
#include "base/time_zone.h"
#include "question/drill.h"
#include "question/format.h"

namespace kokemus::answer {
namespace {

using metric::Definition;
using question::SeriesCounts;

Result<Definition> definition_of(const Asked& asked) {
    const blueprint::Metric* metric = asked.blueprint.metric(asked.question.metric);
    if (metric == nullptr) {
        return not_found("There is no metric " + quote(asked.question.metric) +
                         "; the blueprint names the metrics.");
    }
    return metric::define(*metric, asked.blueprint);
}

question::Field encounter_field(std::string name) {
    return question::Field{question::FieldOf::Encounter, std::move(name)};
}

/// The encounters that carry an answer the metric reads: one of no scale reads all that are
/// declared.
question::ConditionPtr answers_of(const Definition& definition,
                                  const blueprint::Blueprint& blueprint) {
    const blueprint::Metric& metric = definition.metric;
    question::TextCondition on_scale{encounter_field("scale"), {metric.scale}, false};
    if (metric.scale.empty()) {
        on_scale.values.clear();
        for (const blueprint::Scale& scale : blueprint.scales) {
            on_scale.values.push_back(scale.name);
        }
    }
    auto scored = question::make_condition(std::move(on_scale));
    if (metric.touchpoints.empty()) {
        return scored;
    }
    return question::both(scored,
                          question::make_condition(question::TextCondition{
                              encounter_field("touchpoint"), metric.touchpoints, false}));
}

/// The units with a promise that is no longer open; with `among`, one made by such an encounter.
question::ConditionPtr settled_promise(const std::string& promise,
                                       const question::ConditionPtr& among) {
    using question::PromiseOutcome;
    const std::vector<PromiseOutcome> settled{
        PromiseOutcome::Kept, PromiseOutcome::Late, PromiseOutcome::Broken};
    if (among == nullptr) {
        return question::make_condition(question::PromiseCondition{promise, settled});
    }
    const auto made = question::make_condition(question::MakesPromise{promise, settled});
    return question::make_condition(question::Has{question::both(made, among)});
}

/// The units that have part in the metric; with `among`, those that have it by such encounters.
/// Null: all.
question::ConditionPtr part_in(const Definition& definition, const blueprint::Blueprint& blueprint,
                               const question::ConditionPtr& among) {
    using blueprint::MetricKind;
    if (definition.reads_scores()) {
        return question::make_condition(
            question::Has{question::both(answers_of(definition, blueprint), among)});
    }
    if (definition.metric.kind == MetricKind::Kept) {
        return settled_promise(definition.metric.promise, among);
    }
    question::ConditionPtr part;
    if (definition.metric.kind == MetricKind::Completion) {
        part = question::make_condition(question::StatusCondition{
            {question::EpisodeStatus::Completed, question::EpisodeStatus::Abandoned}, false});
    }
    if (among != nullptr) {
        part = question::both(part, question::make_condition(question::Has{among}));
    }
    return part;
}

/// The question over the units that the metric counts: a metric of a journey counts its episodes,
/// whatever was asked per.
question::Question over_units_of(const Definition& definition, question::Question question) {
    if (definition.metric.kind == blueprint::MetricKind::Completion &&
        !definition.metric.journey.empty()) {
        question.per = question::Unit{question::UnitKind::Journey, definition.metric.journey};
    }
    return question;
}

question::ConditionPtr at_time(question::Comparison comparison, Instant time) {
    const auto milliseconds = static_cast<double>(time.time_since_epoch().count());
    return question::make_condition(
        question::NumberCondition{encounter_field("time"), comparison, milliseconds});
}

/// The encounters of a period.
question::ConditionPtr lies_in(const TimeRange& period) {
    return question::both(at_time(question::Comparison::GreaterOrEqual, period.from),
                          at_time(question::Comparison::Less, period.to));
}

/// The units whose first encounter that counts lies in a period.
question::ConditionPtr begins_in(const TimeRange& period) {
    const auto before =
        question::make_condition(question::Has{at_time(question::Comparison::Less, period.from)});
    return question::both(question::make_condition(question::Has{lies_in(period)}),
                          question::make_condition(question::Not{before}));
}

std::string drill_total(const Asked& asked, const Definition& definition) {
    const question::Question units = over_units_of(definition, asked.question);
    const auto part = part_in(definition, asked.blueprint, nullptr);
    return question::format(part == nullptr ? question::drill(units)
                                            : question::drill(units, part));
}

/// The question over the units that have part in the metric by an encounter that `among` holds for.
/// A promise counts where it was made.
std::string drill_among(const Asked& asked, const Definition& definition,
                        const question::ConditionPtr& among) {
    return question::format(question::drill(over_units_of(definition, asked.question),
                                            part_in(definition, asked.blueprint, among)));
}

/// Scores, contacts and promises lie in the period of their encounter, episodes in the one they
/// begin in.
std::string drill_point(const Asked& asked, const Definition& definition, const TimeRange& period) {
    if (definition.metric.kind == blueprint::MetricKind::Completion) {
        const auto part =
            question::both(part_in(definition, asked.blueprint, nullptr), begins_in(period));
        return question::format(question::drill(over_units_of(definition, asked.question), part));
    }
    return drill_among(asked, definition, lies_in(period));
}

std::string drill_group(const Asked& asked, const Definition& definition, std::string value) {
    return drill_among(asked,
                       definition,
                       question::make_condition(
                           question::TextCondition{*asked.question.by, {std::move(value)}, false}));
}

/// First and last half of the whole periods; the middle one of an odd number is in neither.
Finding find_trend(const Definition& definition, const SeriesCounts& counts,
                   const std::vector<TrendPoint>& points) {
    if (counts.population.encounters == 0) {
        return nothing_found();
    }
    const Value total = metric::value(definition, counts.total);
    std::vector<const question::MetricCounts*> whole;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (points[i].complete) {
            whole.push_back(&counts.groups[i].counts);
        }
    }
    const std::size_t half = whole.size() / 2;
    question::MetricCounts first;
    question::MetricCounts last;
    for (std::size_t i = 0; i < half; ++i) {
        metric::add(first, *whole[i]);
        metric::add(last, *whole[whole.size() - half + i]);
    }
    const Value before = metric::value(definition, first);
    const Value now = metric::value(definition, last);
    const auto change = metric::change(now, before);
    if (!change) {
        return total.enough() ? FindingMaker("trend.too_short")
                                    .text("metric", definition.metric.name)
                                    .estimate("", total)
                                    .done()
                              : not_enough_found(total);
    }
    std::string_view id = "trend.no_change";
    if (change->beyond_chance()) {
        const auto course = metric::course(*change, definition.high_is_good());
        id = course == metric::Course::Better ? "trend.better" : "trend.worse";
    }
    return FindingMaker(id)
        .text("metric", definition.metric.name)
        .change(*change)
        .estimate("before", before)
        .estimate("now", now)
        .done();
}

/// The group that is furthest on the bad side of the whole, if that is beyond chance for all groups
/// at once. The group is part of the whole, which makes the comparison a careful one.
Finding find_breakdown(const Definition& definition, const SeriesCounts& counts,
                       const Breakdown& breakdown) {
    if (counts.population.encounters == 0) {
        return nothing_found();
    }
    if (!breakdown.total.enough()) {
        return not_enough_found(breakdown.total);
    }
    const auto enough = static_cast<std::size_t>(std::ranges::count_if(
        breakdown.groups, [](const auto& group) { return group.estimate.enough(); }));
    const std::string name = definition.metric.name;
    if (enough < 2) {
        return enough == 0
                   ? not_enough_found(breakdown.groups.empty() ? breakdown.total
                                                               : breakdown.groups.front().estimate)
                   : FindingMaker("breakdown.one")
                         .text("by", breakdown.by)
                         .text("group", none_given(breakdown.groups.front().value))
                         .text("metric", name)
                         .estimate("", breakdown.groups.front().estimate)
                         .done();
    }
    const double confidence = simultaneous(enough);
    const Value total = metric::value(definition, counts.total, confidence);
    std::unordered_map<std::string_view, const question::MetricCounts*> counts_of;
    for (const question::MetricGroup& group : counts.groups) {
        counts_of.emplace(group.value, &group.counts);
    }
    for (const BreakdownGroup& group : breakdown.groups) {  // worst first
        const auto change = metric::change(
            metric::value(definition, *counts_of.at(group.value), confidence), total);
        if (change && change->beyond_chance() &&
            metric::course(*change, definition.high_is_good()) == metric::Course::Worse) {
            return FindingMaker("breakdown.worst")
                .text("by", breakdown.by)
                .text("group", none_given(group.value))
                .text("metric", name)
                .estimate("", group.estimate)
                .estimate("total", breakdown.total)
                .done();
        }
    }
    return FindingMaker("breakdown.even")
        .text("by", breakdown.by)
        .text("metric", name)
        .estimate("", breakdown.total)
        .done();
}

void sort_worst_first(std::vector<BreakdownGroup>& groups, bool high_is_good) {
    std::ranges::sort(groups, [&](const BreakdownGroup& a, const BreakdownGroup& b) {
        if (a.estimate.enough() != b.estimate.enough()) {
            return a.estimate.enough();
        }
        if (a.estimate.enough() && a.estimate.is.estimate != b.estimate.is.estimate) {
            return (a.estimate.is.estimate < b.estimate.is.estimate) == high_is_good;
        }
        return a.value < b.value;
    });
}

}  // namespace

Result<Built> build_trend(const Asked& asked) {
    Trend trend;
    trend.metric = TRY(definition_of(asked));
    trend.grain = asked.question.grain;
    const TimeZone zone = TRY(TimeZone::find(asked.blueprint.time_zone));
    const SeriesCounts counts = TRY(asked.engine.trend(asked.question));
    trend.total = metric::value(trend.metric, counts.total);
    trend.drill = drill_total(asked, trend.metric);
    const TimeRange& range = asked.question.range;
    for (const question::MetricGroup& group : counts.groups) {
        TrendPoint point;
        point.start = group.start.value_or(Instant());
        point.end = group.end.value_or(Instant());
        point.label = format_day(zone.local_day(point.start));
        point.complete =
            range.from <= point.start && point.end <= range.to && point.end <= asked.known_until;
        point.value = metric::value(trend.metric, group.counts);
        point.encounters = group.encounters;
        point.drill = drill_point(asked, trend.metric, TimeRange{point.start, point.end});
        trend.points.push_back(std::move(point));
    }
    Finding finding = find_trend(trend.metric, counts, trend.points);
    return Built{counts.population, std::move(trend), std::move(finding), std::nullopt};
}

Result<Built> build_breakdown(const Asked& asked) {
    Breakdown breakdown;
    breakdown.metric = TRY(definition_of(asked));
    if (!asked.question.by) {
        return invalid_input("A breakdown needs a field: write `by channel`, say.");
    }
    breakdown.by = asked.question.by->name;
    const SeriesCounts counts = TRY(asked.engine.breakdown(asked.question));
    breakdown.total = metric::value(breakdown.metric, counts.total);
    breakdown.groups.reserve(counts.groups.size());
    for (const question::MetricGroup& counted : counts.groups) {
        BreakdownGroup group;
        group.value = counted.value;
        group.estimate = metric::value(breakdown.metric, counted.counts);
        group.encounters = counted.encounters;
        group.drill = drill_group(asked, breakdown.metric, counted.value);
        breakdown.groups.push_back(std::move(group));
    }
    sort_worst_first(breakdown.groups, breakdown.metric.high_is_good());
    Finding finding = find_breakdown(breakdown.metric, counts, breakdown);
    return Built{counts.population, std::move(breakdown), std::move(finding), std::nullopt};
}

}  // namespace kokemus::answer
