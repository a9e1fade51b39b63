#include "timeline/metric_rule.h"

#include <fmt/format.h>

#include "timeline/code_set.h"

namespace kokemus::timeline {
namespace {

MetricRule::Reads reads_of(blueprint::MetricKind kind) {
    switch (kind) {
        case blueprint::MetricKind::Nps:
        case blueprint::MetricKind::Csat:
        case blueprint::MetricKind::Ces:
        case blueprint::MetricKind::Mean: break;
        case blueprint::MetricKind::Kept: return MetricRule::Reads::Promises;
        case blueprint::MetricKind::ContactRate: return MetricRule::Reads::Contacts;
        case blueprint::MetricKind::Completion: return MetricRule::Reads::Episodes;
    }
    return MetricRule::Reads::Scores;
}

}  // namespace

/// A metric of no scale takes answers on every scale of the blueprint, moved to the experience
/// scale, where they can be added up.
void MetricRule::read_answers(const Shared& shared, const blueprint::Metric& metric) {
    for (const Answer& answer : shared.answers) {
        const std::string name = shared.scales.string(answer.scale);
        const blueprint::Scale* scale = shared.blueprint->scale(name);
        const bool on_any = metric.scale.empty() && scale != nullptr;
        answers.push_back(on_any || (!metric.scale.empty() && metric.scale == name));
        numbers.push_back(on_any ? blueprint::experience(*scale, answer.score) : answer.score);
    }
}

Result<MetricRule> MetricRule::make(const Shared& shared, const question::Question& question) {
    const auto* metric = shared.blueprint->metric(question.metric);
    if (metric == nullptr) {
        return not_found(fmt::format("the blueprint has no metric \"{}\"", question.metric));
    }
    MetricRule rule;
    rule.reads = reads_of(metric->kind);
    rule.per = question.per;
    if (rule.reads == Reads::Episodes && !metric->journey.empty()) {
        rule.per = question::Unit{question::UnitKind::Journey, metric->journey};
    }
    if (rule.reads == Reads::Episodes && rule.per.kind != question::UnitKind::Journey) {
        return invalid_input(fmt::format(
            "metric \"{}\" counts completed episodes: ask it per a journey, or give it one",
            metric->name));
    }
    rule.read_answers(shared, *metric);
    const CodeSet touchpoints(shared.touchpoints, metric->touchpoints);
    for (Code code = 0; code < shared.touchpoints.size(); ++code) {
        rule.places.push_back(metric->touchpoints.empty() || touchpoints.contains(code));
    }
    for (const auto& promise : shared.blueprint->promises) {
        rule.promises.push_back(metric->promise.empty() || metric->promise == promise.name);
    }
    return rule;
}

ClockReach MetricRule::reach(const blueprint::Blueprint& blueprint) const {
    switch (reads) {
        case Reads::Scores:
        case Reads::Contacts: break;
        case Reads::Promises: return {.promises = true};
        case Reads::Episodes: return reach_of_statuses(blueprint, per);
    }
    return {};
}

}  // namespace kokemus::timeline
