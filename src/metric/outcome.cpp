#include "metric/outcome.h"

namespace kokemus::metric {

namespace {

using blueprint::MetricKind;
using question::MetricCounts;

constexpr double least_promoting = 9;
constexpr double least_passive = 7;

/// The value of one answer, summed over all.
template <typename ValueOf>
Outcome of_levels(const MetricCounts& counts, const ValueOf& value_of) {
    Outcome sum;
    for (const auto& [score, times] : counts.levels) {
        const auto count = static_cast<double>(times);
        sum.add({value_of(score) * count, count});
    }
    return sum;
}

Outcome share_of(std::uint64_t part, std::uint64_t all) {
    return {static_cast<double>(part), static_cast<double>(all)};
}

Outcome of_scores(const MetricCounts& counts) {
    return {counts.scores.sum(), static_cast<double>(counts.scores.count())};
}

Outcome good_answers(const Definition& definition, const MetricCounts& counts) {
    return of_levels(counts, [&](double score) { return definition.is_good(score) ? 1.0 : 0.0; });
}

}  // namespace

Outcome outcome(const Definition& definition, const MetricCounts& counts) {
    switch (definition.metric.kind) {
        case MetricKind::Nps:
            return of_levels(counts, [](double score) {
                return score >= least_promoting ? 100.0 : score >= least_passive ? 0.0 : -100.0;
            });
        case MetricKind::Csat: return good_answers(definition, counts);
        case MetricKind::Ces:
            return definition.unit == Unit::Share ? good_answers(definition, counts)
                                                  : of_scores(counts);
        case MetricKind::Mean: return of_scores(counts);
        case MetricKind::Kept:
            return share_of(counts.kept, counts.kept + counts.late + counts.broken);
        case MetricKind::ContactRate: return {counts.a, counts.b};
        case MetricKind::Completion:
            return share_of(counts.completed, counts.completed + counts.abandoned);
    }
    return {};
}

}  // namespace kokemus::metric
