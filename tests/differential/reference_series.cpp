#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/time_zone.h"
#include "reference.h"

namespace kokemus::reference {

using blueprint::MetricKind;
using question::Question;

namespace {

bool contains(const std::vector<std::string>& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// The units a metric looks at: those of the question, or the episodes of its own journey.
question::Unit unit_of(const blueprint::Metric& metric, const Question& question) {
    if (metric.kind == MetricKind::Completion && !metric.journey.empty()) {
        return question::Unit{question::UnitKind::Journey, metric.journey};
    }
    return question.per;
}

/// What a metric needs of units, of all of whose encounters only those count that `counts` lets
/// through.
question::MetricCounts measure(const History& history, const blueprint::Metric& metric,
                               const std::vector<Unit>& units,
                               const std::function<bool(const Unit&, std::size_t)>& counts) {
    question::MetricCounts out;
    std::map<std::string, std::pair<double, double>> rates;  // customer -> contacts, units
    for (const auto& unit : units) {
        bool touched = false;
        for (std::size_t i = 0; i < unit.lived.size(); ++i) {
            if (!counts(unit, i)) {
                continue;
            }
            const auto& lived = unit.lived[i];
            const auto& encounter = lived.encounter();
            const bool here =
                metric.touchpoints.empty() || contains(metric.touchpoints, lived.touchpoint());
            touched = true;
            const bool scored = metric.kind == MetricKind::Nps || metric.kind == MetricKind::Csat ||
                                metric.kind == MetricKind::Ces || metric.kind == MetricKind::Mean;
            // Scores of one scale as they are; without a scale those of any, as experience.
            const auto number = metric.scale.empty()              ? history.experience(lived)
                                : metric.scale == encounter.scale ? encounter.score
                                                                  : std::nullopt;
            if (scored && here && number) {
                ++out.levels[*number];
                out.scores.add(*number);
            }
            if (metric.kind == MetricKind::ContactRate && here && history.is_contact(lived)) {
                rates[unit.customer].first += 1;
            }
            if (metric.kind == MetricKind::Kept) {
                for (const auto& kept : history.promises_made(lived)) {
                    if (metric.promise.empty() || metric.promise == kept.promise) {
                        using question::PromiseOutcome;
                        out.kept += kept.outcome == PromiseOutcome::Kept;
                        out.late += kept.outcome == PromiseOutcome::Late;
                        out.broken += kept.outcome == PromiseOutcome::Broken;
                        out.at_risk += kept.outcome == PromiseOutcome::AtRisk;
                        out.open += kept.outcome == PromiseOutcome::AtRisk ||
                                    kept.outcome == PromiseOutcome::Open;
                    }
                }
            }
        }
        if (touched && metric.kind == MetricKind::ContactRate) {
            rates[unit.customer].second += 1;
        }
        if (touched && metric.kind == MetricKind::Completion) {
            out.completed += unit.status == question::EpisodeStatus::Completed;
            out.abandoned += unit.status == question::EpisodeStatus::Abandoned;
            out.unfinished += unit.status == question::EpisodeStatus::Open;
        }
    }
    for (const auto& [customer, rate] : rates) {
        const auto [a, b] = rate;
        ++out.customers;
        out.a += a;
        out.b += b;
        out.aa += a * a;
        out.ab += a * b;
        out.bb += b * b;
    }
    return out;
}

std::uint64_t encounters_that(const std::vector<Unit>& units,
                              const std::function<bool(const Lived&)>& count) {
    std::uint64_t encounters = 0;
    for (const auto& unit : units) {
        for (const auto& lived : unit.lived) {
            encounters += count(lived) ? 1 : 0;
        }
    }
    return encounters;
}

/// The first day of the period that a calendar day lies in.
std::chrono::sys_days period_of(std::chrono::sys_days day, question::Grain grain) {
    if (grain == question::Grain::Day) {
        return day;
    }
    auto first = day;
    while (grain == question::Grain::Week
               ? std::chrono::weekday(first) != std::chrono::Monday
               : std::chrono::year_month_day(first).day() != std::chrono::day(1)) {
        first -= std::chrono::days(1);
    }
    return first;
}

}  // namespace

question::SeriesCounts trend(const History& history, const Question& question) {
    const auto& metric = *history.world().blueprint.metric(question.metric);
    const auto counted = count(history, question, unit_of(metric, question));
    const auto zone = *TimeZone::find(history.world().blueprint.time_zone);
    const auto period = [&](const Lived& lived) {
        return period_of(zone.local_day(lived.time()), question.grain);
    };
    question::SeriesCounts out;
    out.population = counted.population;
    out.total =
        measure(history, metric, counted.units, [](const Unit&, std::size_t) { return true; });
    if (counted.units.empty()) {
        return out;
    }
    const auto last = period_of(zone.local_day(*counted.population.latest), question.grain);
    auto day = period_of(zone.local_day(*counted.population.first), question.grain);
    while (day <= last) {
        auto next = day + std::chrono::days(1);
        while (period_of(next, question.grain) == day) {
            next += std::chrono::days(1);
        }
        question::MetricGroup group;
        group.start = zone.start_of(day);
        group.end = zone.start_of(next);
        group.encounters = encounters_that(
            counted.units, [&](const Lived& lived) { return period(lived) == day; });
        group.counts =
            measure(history, metric, counted.units, [&](const Unit& unit, std::size_t place) {
                // An episode is in the period of its first encounter that counts, and in no other.
                const bool first_only = metric.kind == MetricKind::Completion;
                return period(unit.lived[first_only ? 0 : place]) == day;
            });
        out.groups.push_back(group);
        day = next;
    }
    return out;
}

question::SeriesCounts breakdown(const History& history, const Question& question) {
    const auto& metric = *history.world().blueprint.metric(question.metric);
    const auto counted = count(history, question, unit_of(metric, question));
    question::SeriesCounts out;
    out.population = counted.population;
    out.total =
        measure(history, metric, counted.units, [](const Unit&, std::size_t) { return true; });
    std::set<std::string> values;
    for (const auto& unit : counted.units) {
        for (const auto& lived : unit.lived) {
            values.insert(history.text(lived, *question.by));
        }
    }
    for (const auto& value : values) {
        const auto is_in = [&](const Lived& lived) {
            return history.text(lived, *question.by) == value;
        };
        question::MetricGroup group;
        group.value = value;
        group.encounters = encounters_that(counted.units, is_in);
        group.counts =
            measure(history, metric, counted.units, [&](const Unit& unit, std::size_t place) {
                return is_in(unit.lived[place]);
            });
        out.groups.push_back(group);
    }
    return out;
}

}  // namespace kokemus::reference
