#include "stats/importance_bootstrap.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "base/random.h"
#include "stats/quantile.h"

namespace kokemus::stats {
namespace {

/// Poisson(1), by its cumulative probabilities: 1/e times 1, 2, 5/2, 8/3...
std::uint8_t poisson_one(Random& random) {
    const double even = random.uniform();
    double probability = 0.36787944117144233;
    double below = probability;
    std::uint8_t count = 0;
    while (even >= below && count < 20) {
        ++count;
        probability /= count;
        below += probability;
    }
    return count;
}

std::optional<Importance> importance_of(const Correlations& correlations,
                                        std::span<const std::size_t> widths) {
    const std::size_t factors = widths.empty() ? correlations.with_outcome.size() : widths.size();
    return factors <= all_subsets_max ? all_subsets_importance(correlations, widths)
                                      : relative_weights(correlations);
}

struct Replicate {
    std::optional<Importance> importance;
    std::optional<std::vector<double>> coefficients;
};

std::vector<Replicate> replicates_of(const FactorSums& sums, const ImportanceSettings& settings) {
    std::vector<Replicate> replicates(settings.replicates);
    constexpr std::size_t at_once = 4;
    for_each_chunk_plain(replicates.size(), at_once, [&](const Chunk& chunk) {
        std::vector<std::uint8_t> times(sums.drawn_units());
        for (std::size_t i = chunk.from; i < chunk.to; ++i) {
            Random random = Random::named(settings.seed, "importance", i);
            for (std::uint8_t& each : times) {
                each = poisson_one(random);
            }
            if (const auto correlations = sums.correlations(times)) {
                replicates[i].importance = importance_of(*correlations, settings.widths);
                replicates[i].coefficients = standardised_coefficients(*correlations);
            }
        }
    });
    return replicates;
}

Interval percentiles(std::vector<double> values, double confidence) {
    std::sort(values.begin(), values.end());
    const double outside = (1 - confidence) / 2;
    return Interval{sorted_quantile(values, outside), sorted_quantile(values, 1 - outside)};
}

/// What `number` gives of each replicate that has one.
template <typename Number>
Interval percentiles_of(const std::vector<Replicate>& replicates, double estimate,
                        double confidence, Number number) {
    std::vector<double> values;
    for (const Replicate& each : replicates) {
        if (const double* const value = number(each)) {
            values.push_back(*value);
        }
    }
    const Interval interval =
        values.empty() ? Interval{estimate, estimate} : percentiles(values, confidence);
    return Interval{std::min(interval.low, estimate), std::max(interval.high, estimate)};
}

Matrix how_often_above(const std::vector<Replicate>& replicates, std::size_t factors,
                       std::size_t count) {
    Matrix above(factors, factors);
    const double weight = 1.0 / static_cast<double>(count);
    for (const Replicate& each : replicates) {
        for (std::size_t i = 0; each.importance && i < factors; ++i) {
            for (std::size_t j = 0; j < factors; ++j) {
                const double gap = each.importance->shares[i] - each.importance->shares[j];
                above(i, j) += weight * (gap > 0 ? 1 : gap == 0 ? 0.5 : 0);
            }
        }
    }
    return above;
}

}  // namespace

std::optional<ImportanceFound> importance_with_intervals(const FactorSums& sums,
                                                         const ImportanceSettings& settings) {
    const std::optional<Correlations> correlations = sums.correlations();
    // Drawn again, one customer is always the same: there would be intervals without a width.
    if (!correlations || sums.drawn_units() < 2 ||
        correlations->n <= static_cast<double>(sums.factors() + 1)) {
        return std::nullopt;
    }
    const std::optional<Importance> whole = importance_of(*correlations, settings.widths);
    if (!whole) {
        return std::nullopt;
    }
    const std::vector<Replicate> replicates = replicates_of(sums, settings);
    ImportanceFound found;
    found.n = correlations->n;
    found.importance = *whole;
    found.replicates = static_cast<std::size_t>(
        std::count_if(replicates.begin(), replicates.end(), [](const Replicate& each) {
            return each.importance.has_value();
        }));
    if (found.replicates == 0) {
        return std::nullopt;
    }
    const double confidence = settings.confidence;
    found.r_squared =
        percentiles_of(replicates, whole->r_squared, confidence, [](const Replicate& each) {
            return each.importance ? &each.importance->r_squared : nullptr;
        });
    for (std::size_t i = 0; i < whole->shares.size(); ++i) {
        found.shares.push_back(
            percentiles_of(replicates, whole->shares[i], confidence, [i](const Replicate& each) {
                return each.importance ? &each.importance->shares[i] : nullptr;
            }));
    }
    found.coefficients = standardised_coefficients(*correlations).value_or(std::vector<double>());
    for (std::size_t i = 0; i < found.coefficients.size(); ++i) {
        found.coefficient_intervals.push_back(percentiles_of(
            replicates, found.coefficients[i], confidence, [i](const Replicate& each) {
                return each.coefficients ? &(*each.coefficients)[i] : nullptr;
            }));
    }
    found.above = how_often_above(replicates, whole->shares.size(), found.replicates);
    return found;
}

}  // namespace kokemus::stats
