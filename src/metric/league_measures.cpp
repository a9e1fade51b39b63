#include "metric/league_measures.h"

#include <algorithm>
#include <cmath>

#include "stats/standardisation.h"

namespace kokemus::metric {
namespace {

using blueprint::MetricKind;

/// A variance of 0 says nothing of the next answer: no unit is measured without error.
constexpr double variance_least = 1e-12;

stats::Moments points_of(const question::MetricCounts& counts) {
    stats::Moments points;
    for (const auto& [score, times] : counts.levels) {
        const double point = score >= 9 ? 100 : score >= 7 ? 0 : -100;
        points.merge(stats::Moments::from(times, point, 0));
    }
    return points;
}

stats::ShareCount share_of(const Definition& definition, const question::MetricCounts& counts) {
    switch (definition.metric.kind) {
        case MetricKind::Kept: return {counts.kept, counts.kept + counts.late + counts.broken};
        case MetricKind::Completion: return {counts.completed, counts.completed + counts.abandoned};
        default: break;
    }
    stats::ShareCount share;
    for (const auto& [score, times] : counts.levels) {
        share.n += times;
        share.part += definition.is_good(score) ? times : 0;
    }
    return share;
}

/// Pooled over the cells: what varies within them, per answer (or per customer of rates).
double pooled_variance(Measures measures, std::span<const Tally* const> cells) {
    double squares = 0;
    double freedom = 0;
    for (const Tally* cell : cells) {
        if (cell->n == 0) {
            continue;
        }
        if (measures == Measures::Rates) {
            const double rate = cell->value();
            squares += std::max(
                0.0, cell->rate.aa - 2 * rate * cell->rate.ab + rate * rate * cell->rate.bb);
        } else {
            squares += cell->values.squared_deviations();
        }
        freedom += static_cast<double>(cell->n) - 1;
    }
    return freedom > 0 ? squares / freedom : 0;
}

Tally sum_of(std::span<const Tally> tallies) {
    Tally sum;
    for (const Tally& each : tallies) {
        sum.sum += each.sum;
        sum.exposure += each.exposure;
        sum.n += each.n;
    }
    return sum;
}

/// Of each stratum what all units together have in it.
std::vector<double> values_of_strata(std::span<const std::vector<Tally>> strata) {
    std::vector<double> values(strata.empty() ? 0 : strata.front().size());
    for (std::size_t k = 0; k < values.size(); ++k) {
        std::vector<Tally> of_all;
        for (const auto& of_unit : strata) {
            of_all.push_back(of_unit[k]);
        }
        values[k] = sum_of(of_all).value();
    }
    return values;
}

Measure as_counted(Measures measures, const Tally& unit, double all, double within) {
    Measure measure;
    measure.value = unit.value();
    const double n = static_cast<double>(unit.n);
    const double single = measures == Measures::Shares ? all * (1 - all) : within;
    measure.variance =
        measures == Measures::Rates ? single * n / (unit.exposure * unit.exposure) : single / n;
    return measure;
}

/// Indirectly standardised: observed over expected of shares and rates, observed less expected of
/// means.
Measure adjusted(Measures measures, const Tally& unit, std::span<const Tally> of_strata,
                 std::span<const double> values, double all, double within) {
    std::vector<stats::CaseMix> mix;
    for (std::size_t k = 0; k < values.size(); ++k) {
        mix.push_back(stats::CaseMix{of_strata[k].exposure, values[k]});
    }
    const stats::Expected expected = stats::expected_of(mix);
    Measure measure = as_counted(measures, unit, all, within);
    if (measures == Measures::Means) {
        measure.value = (unit.sum - expected.events) / unit.exposure + all;
        return measure;
    }
    if (!(expected.events > 0)) {
        measure.value = all;
        return measure;
    }
    const double of_events = all / expected.events;
    measure.value = unit.sum * of_events;
    measure.variance = measures == Measures::Shares
                           ? expected.variance * of_events * of_events
                           : within * static_cast<double>(unit.n) * of_events * of_events;
    return measure;
}

}  // namespace

Measures measures_of(const Definition& definition) {
    switch (definition.metric.kind) {
        case MetricKind::Csat:
        case MetricKind::Kept:
        case MetricKind::Completion: return Measures::Shares;
        case MetricKind::Ces:
            return definition.unit == Unit::Share ? Measures::Shares : Measures::Means;
        case MetricKind::ContactRate: return Measures::Rates;
        case MetricKind::Nps:
        case MetricKind::Mean: break;
    }
    return Measures::Means;
}

Tally tally_of(const Definition& definition, const question::MetricCounts& counts) {
    Tally tally;
    switch (measures_of(definition)) {
        case Measures::Shares: {
            tally.share = share_of(definition, counts);
            tally.n = tally.share.n;
            tally.sum = static_cast<double>(tally.share.part);
            tally.exposure = static_cast<double>(tally.n);
            const double share = tally.value();
            tally.values =
                stats::Moments::from(tally.n, share, tally.exposure * share * (1 - share));
            break;
        }
        case Measures::Means:
            tally.values =
                definition.metric.kind == MetricKind::Nps ? points_of(counts) : counts.scores;
            tally.n = tally.values.count();
            tally.sum = tally.values.sum();
            tally.exposure = static_cast<double>(tally.n);
            break;
        case Measures::Rates:
            tally.rate = stats::RatioSums{
                counts.customers, counts.a, counts.b, counts.aa, counts.ab, counts.bb};
            tally.n = counts.customers;
            tally.sum = counts.a;
            tally.exposure = counts.b;
            break;
    }
    return tally;
}

MeasuredUnits measured_units(Measures measures, std::span<const Tally> units,
                             std::span<const std::vector<Tally>> strata) {
    MeasuredUnits measured;
    measured.all = sum_of(units).value();
    std::vector<const Tally*> cells;
    for (const Tally& unit : units) {
        cells.push_back(&unit);
    }
    if (!strata.empty()) {
        cells.clear();
        for (const auto& of_unit : strata) {
            for (const Tally& cell : of_unit) {
                cells.push_back(&cell);
            }
        }
    }
    measured.within_variance = pooled_variance(measures, cells);
    const std::vector<double> values = values_of_strata(strata);
    for (std::size_t i = 0; i < units.size(); ++i) {
        Measure measure =
            strata.empty() ? as_counted(measures, units[i], measured.all, measured.within_variance)
                           : adjusted(measures,
                                      units[i],
                                      strata[i],
                                      values,
                                      measured.all,
                                      measured.within_variance);
        measure.variance = std::max(measure.variance, variance_least);
        measure.null_deviation = std::sqrt(measure.variance);
        measure.z = (measure.value - measured.all) / measure.null_deviation;
        measured.units.push_back(measure);
    }
    return measured;
}

}  // namespace kokemus::metric
