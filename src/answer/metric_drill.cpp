#include "answer/metric_drill.h"

#include "base/text.h"
#include "question/drill.h"
#include "question/format.h"

namespace kokemus::answer {
namespace {

using metric::Definition;

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

/// The question over the units that have part in the metric by an encounter that `among` holds for.
/// A promise counts where it was made.
std::string drill_among(const Asked& asked, const Definition& definition,
                        const question::ConditionPtr& among) {
    return question::format(question::drill(over_units_of(definition, asked.question),
                                            part_in(definition, asked.blueprint, among)));
}

}  // namespace

Result<Definition> metric_of(const Asked& asked) {
    const blueprint::Metric* metric = asked.blueprint.metric(asked.question.metric);
    if (metric == nullptr) {
        return not_found("There is no metric " + quote(asked.question.metric) +
                         "; the blueprint names the metrics.");
    }
    return metric::define(*metric, asked.blueprint);
}

std::string drill_total(const Asked& asked, const Definition& definition) {
    const question::Question units = over_units_of(definition, asked.question);
    const auto part = part_in(definition, asked.blueprint, nullptr);
    return question::format(part == nullptr ? question::drill(units)
                                            : question::drill(units, part));
}

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

}  // namespace kokemus::answer
