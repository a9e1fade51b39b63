#include <algorithm>
#include <unordered_map>

#include "answer/build.h"
#include "answer/finding.h"
#include "answer/metric_drill.h"
#include "answer/number_text.h"
#include "base/text.h"
#include "base/time_zone.h"
#include "question/drill.h"
#include "question/format.h"

namespace kokemus::answer {
namespace {

using metric::Definition;
using question::SeriesCounts;

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
    trend.metric = TRY(metric_of(asked));
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
    breakdown.metric = TRY(metric_of(asked));
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
