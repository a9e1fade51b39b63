#include "metric/value.h"

#include <fmt/format.h>

#include "stats/nps.h"
#include "stats/ratio.h"
#include "stats/wilson.h"

namespace kokemus::metric {
namespace {

using blueprint::MetricKind;
using question::MetricCounts;

stats::Estimate wilson_estimate(std::uint64_t part, std::uint64_t n, double confidence) {
    stats::Estimate estimate;
    estimate.n = n;
    estimate.method = "wilson";
    estimate.interval = stats::wilson(part, n, confidence);
    estimate.enough = n > 0;
    if (n > 0) {
        estimate.estimate = static_cast<double>(part) / static_cast<double>(n);
    }
    return estimate;
}

stats::Estimate nps_estimate(const MetricCounts& counts, double confidence) {
    stats::NpsCounts answers;
    for (const auto& [score, times] : counts.levels) {
        if (score >= 9) {
            answers.promoters += times;
        } else if (score >= 7) {
            answers.passives += times;
        } else {
            answers.detractors += times;
        }
    }
    const stats::Interval interval = stats::nps_tango(answers, confidence);
    stats::Estimate estimate;
    estimate.estimate = 100 * stats::nps(answers);
    estimate.interval = stats::Interval{100 * interval.low, 100 * interval.high};
    estimate.n = answers.n();
    estimate.method = "tango";
    estimate.enough = answers.n() > 0;
    return estimate;
}

stats::Estimate good_share(const Definition& definition, const MetricCounts& counts,
                           double confidence) {
    std::uint64_t good = 0;
    std::uint64_t all = 0;
    for (const auto& [score, times] : counts.levels) {
        all += times;
        good += definition.is_good(score) ? times : 0;
    }
    return wilson_estimate(good, all, confidence);
}

stats::Estimate contact_rate(const MetricCounts& counts, double confidence) {
    const stats::RatioSums sums{
        counts.customers, counts.a, counts.b, counts.aa, counts.ab, counts.bb};
    return stats::ratio_estimate(sums, confidence);
}

stats::Estimate estimate_of(const Definition& definition, const MetricCounts& counts,
                            double confidence) {
    switch (definition.metric.kind) {
        case MetricKind::Nps: return nps_estimate(counts, confidence);
        case MetricKind::Csat: return good_share(definition, counts, confidence);
        case MetricKind::Ces:
            return definition.unit == Unit::Share
                       ? good_share(definition, counts, confidence)
                       : stats::mean_estimate(counts.scores, definition.range, confidence);
        case MetricKind::Mean:
            return stats::mean_estimate(counts.scores, definition.range, confidence);
        case MetricKind::Kept:
            return wilson_estimate(
                counts.kept, counts.kept + counts.late + counts.broken, confidence);
        case MetricKind::ContactRate: return contact_rate(counts, confidence);
        case MetricKind::Completion:
            return wilson_estimate(
                counts.completed, counts.completed + counts.abandoned, confidence);
    }
    return {};
}

/// Holds the value against the least n, and writes the words when it falls short.
Value judged(const stats::Estimate& estimate, Unit unit, std::string version,
             std::uint64_t needed) {
    Value value{estimate, unit, needed, std::move(version), {}};
    value.is.enough = estimate.enough && estimate.n >= needed;
    if (!value.is.enough) {
        value.why_not = not_enough(estimate.n);
    }
    return value;
}

/// Shares of levels need the levels.
bool levels_are_lost(const Definition& definition, const MetricCounts& counts) {
    return counts.overflow && (definition.metric.kind == MetricKind::Nps ||
                               (definition.reads_scores() && definition.unit == Unit::Share));
}

}  // namespace

std::string not_enough(std::uint64_t n) {
    return fmt::format("not enough answers (n = {})", n);
}

Value value(const Definition& definition, const MetricCounts& counts, double confidence) {
    if (levels_are_lost(definition, counts)) {
        Value lost{{}, definition.unit, definition.minimum(), definition.version, {}};
        lost.is.n = counts.scores.count();
        lost.why_not = "too many different scores to count shares; ask for a mean";
        return lost;
    }
    return judged(estimate_of(definition, counts, confidence),
                  definition.unit,
                  definition.version,
                  definition.minimum());
}

Value experience(const stats::Moments& moments, double confidence) {
    const Definition& definition = experience_definition();
    return judged(stats::mean_estimate(moments, definition.range, confidence),
                  Unit::Experience,
                  definition.version,
                  usual_minimum);
}

Value experience_of(const stats::Estimate& estimate) {
    return judged(estimate, Unit::Experience, experience_definition().version, usual_minimum);
}

Value share(std::uint64_t part, std::uint64_t n, std::string version, double confidence) {
    return judged(
        wilson_estimate(part, n, confidence), Unit::Share, std::move(version), usual_minimum);
}

Value share_of(const stats::Estimate& estimate, std::string version, std::uint64_t needed) {
    return judged(estimate, Unit::Share, std::move(version), needed);
}

void add(MetricCounts& sum, const MetricCounts& part) {
    for (const auto& [score, times] : part.levels) {
        sum.levels[score] += times;
    }
    sum.overflow = sum.overflow || part.overflow;
    sum.scores.merge(part.scores);
    sum.kept += part.kept;
    sum.late += part.late;
    sum.broken += part.broken;
    sum.open += part.open;
    sum.at_risk += part.at_risk;
    sum.completed += part.completed;
    sum.abandoned += part.abandoned;
    sum.unfinished += part.unfinished;
    sum.customers += part.customers;
    sum.a += part.a;
    sum.b += part.b;
    sum.aa += part.aa;
    sum.ab += part.ab;
    sum.bb += part.bb;
}

}  // namespace kokemus::metric
