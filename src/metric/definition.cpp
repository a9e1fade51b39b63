#include "metric/definition.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace kokemus::metric {
namespace {

using blueprint::CesDefinition;
using blueprint::MetricKind;

const blueprint::Scale experience_scale{"", -3, 3, true};

bool counts_good_answers(const blueprint::Metric& metric) {
    return metric.kind == MetricKind::Csat ||
           (metric.kind == MetricKind::Ces && metric.ces == CesDefinition::Share);
}

Unit unit_of(const blueprint::Metric& metric) {
    switch (metric.kind) {
        case MetricKind::Nps: return Unit::Points;
        case MetricKind::Csat: return Unit::Share;
        case MetricKind::Ces: return counts_good_answers(metric) ? Unit::Share : Unit::Score;
        case MetricKind::Mean: return metric.scale.empty() ? Unit::Experience : Unit::Score;
        case MetricKind::Kept: return Unit::Share;
        case MetricKind::ContactRate: return Unit::Rate;
        case MetricKind::Completion: return Unit::Share;
    }
    return Unit::Score;
}

double least_good_answer(const blueprint::Metric& metric, const blueprint::Scale& scale) {
    if (metric.good_from) {
        return *metric.good_from;
    }
    if (metric.kind == MetricKind::Ces && scale.low == 1 && scale.high == 7) {
        return scale.high_is_good ? 5 : 3;
    }
    return scale.high_is_good ? scale.high - 1 : scale.low + 1;
}

/// Whole numbers from end to end; a scale between whole numbers counts as seven steps.
stats::Range range_of(const blueprint::Scale& scale) {
    const double width = scale.high - scale.low;
    const bool whole = scale.low == std::floor(scale.low) && width == std::floor(width);
    const int levels = whole ? static_cast<int>(std::min(width, 1000.0)) + 1 : 7;
    return stats::Range{scale.low, scale.high, std::max(levels, 2)};
}

std::string good_answers_text(const Definition& definition) {
    const double end = definition.scale.high_is_good ? definition.scale.high : definition.scale.low;
    const double low = std::min(end, definition.good_from);
    const double high = std::max(end, definition.good_from);
    if (low == high) {
        return fmt::format("share of answers of {:g} on {}", low, definition.scale.name);
    }
    return fmt::format("share of answers of {:g} to {:g} on {}", low, high, definition.scale.name);
}

std::string words(const Definition& definition) {
    const blueprint::Metric& metric = definition.metric;
    if (counts_good_answers(metric)) {
        return good_answers_text(definition);
    }
    switch (metric.kind) {
        case MetricKind::Nps: return "share of 9 and 10 less share of 0 to 6, in points";
        case MetricKind::Kept:
            return metric.promise.empty()
                       ? std::string("promises kept of those kept, late or broken")
                       : fmt::format("\"{}\" kept of those kept, late or broken", metric.promise);
        case MetricKind::ContactRate: return "contacts per customer, thread or episode";
        case MetricKind::Completion:
            return metric.journey.empty()
                       ? std::string("episodes completed of those completed or abandoned")
                       : fmt::format("episodes of \"{}\" completed of those completed or abandoned",
                                     metric.journey);
        default: break;
    }
    if (metric.scale.empty()) {
        return "mean experience over all scales, -3 worst to +3 best";
    }
    return fmt::format("mean answer on {}, {:g} to {:g}{}",
                       metric.scale,
                       definition.scale.low,
                       definition.scale.high,
                       definition.scale.high_is_good ? "" : ", low is good");
}

Definition make_experience_definition() {
    blueprint::Metric metric;
    metric.name = "experience";
    metric.kind = MetricKind::Mean;
    return define(metric, blueprint::Blueprint());
}

}  // namespace

std::string_view name_of(Unit unit) {
    switch (unit) {
        case Unit::Points: return "points";
        case Unit::Share: return "share";
        case Unit::Score: return "score";
        case Unit::Experience: return "experience";
        case Unit::Rate: return "rate";
    }
    return "";
}

bool Definition::high_is_good() const {
    return metric.high_is_good || unit == Unit::Points || unit == Unit::Share ||
           unit == Unit::Experience;
}

bool Definition::reads_scores() const {
    return metric.kind == MetricKind::Nps || metric.kind == MetricKind::Csat ||
           metric.kind == MetricKind::Ces || metric.kind == MetricKind::Mean;
}

std::uint64_t Definition::minimum() const {
    return static_cast<std::uint64_t>(std::max(metric.minimum, 1));
}

Definition define(const blueprint::Metric& metric, const blueprint::Blueprint& blueprint) {
    Definition definition;
    definition.metric = metric;
    definition.scale = experience_scale;
    if (!metric.scale.empty()) {
        const blueprint::Scale* declared = blueprint.scale(metric.scale);
        definition.scale = declared != nullptr ? *declared : blueprint::Scale{metric.scale};
    }
    definition.unit = unit_of(metric);
    definition.good_from = least_good_answer(metric, definition.scale);
    definition.range = range_of(definition.scale);
    definition.version = fmt::format("{} {}", metric.name, metric.version);
    definition.text = words(definition);
    return definition;
}

const Definition& experience_definition() {
    static const Definition definition = make_experience_definition();
    return definition;
}

}  // namespace kokemus::metric
