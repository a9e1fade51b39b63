#include "stats/weighting.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kokemus::stats {
namespace {

constexpr int trims_max = 20;

std::vector<double> sums_by_category(const Margin& margin, std::span<const double> weights) {
    std::vector<double> sums(margin.targets.size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
        sums[margin.categories[i]] += weights[i];
    }
    return sums;
}

double total_of(const Margin& margin) {
    return std::accumulate(margin.targets.begin(), margin.targets.end(), 0.0);
}

/// Everything is there: a category for each answer, and an answer for each category of people.
bool can_be_raked(std::span<const Margin> margins) {
    for (const Margin& margin : margins) {
        if (margin.categories.size() != margins.front().categories.size() ||
            !(total_of(margin) > 0)) {
            return false;
        }
        std::vector<bool> answered(margin.targets.size());
        for (const std::uint32_t category : margin.categories) {
            if (category >= margin.targets.size()) {
                return false;
            }
            answered[category] = true;
        }
        for (std::size_t i = 0; i < answered.size(); ++i) {
            if (!(margin.targets[i] >= 0) || (margin.targets[i] > 0 && !answered[i])) {
                return false;
            }
        }
    }
    return !margins.empty() && !margins.front().categories.empty();
}

double worst_error_of(std::span<const Margin> margins, std::span<const double> weights) {
    const double weight = std::accumulate(weights.begin(), weights.end(), 0.0);
    double worst = weight > 0 ? 0 : 1;
    for (const Margin& margin : margins) {
        const std::vector<double> sums = sums_by_category(margin, weights);
        const double total = total_of(margin);
        for (std::size_t i = 0; i < sums.size() && weight > 0; ++i) {
            worst = std::max(worst, std::abs(sums[i] / weight - margin.targets[i] / total));
        }
    }
    return worst;
}

/// Scales to each margin in turn until all hold at once; false when they do not come to.
bool rake_once(std::span<const Margin> margins, const RakingSettings& settings,
               std::vector<double>& weights) {
    const double all = total_of(margins.front());
    for (int round = 0; round < settings.rounds_max; ++round) {
        for (const Margin& margin : margins) {
            const std::vector<double> sums = sums_by_category(margin, weights);
            const double scale = all / total_of(margin);
            for (std::size_t i = 0; i < weights.size(); ++i) {
                const std::uint32_t category = margin.categories[i];
                weights[i] *=
                    sums[category] > 0 ? margin.targets[category] * scale / sums[category] : 0;
            }
        }
        if (worst_error_of(margins, weights) <= settings.tolerance) {
            return true;
        }
    }
    return false;
}

/// Of those above 0: answers that count for nothing say nothing of what is much.
double median_of(std::vector<double> values) {
    std::erase_if(values, [](double value) { return !(value > 0); });
    if (values.empty()) {
        return 0;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Cuts what is above `most`; how many were.
std::size_t cut(std::vector<double>& weights, double most) {
    std::size_t count = 0;
    for (double& weight : weights) {
        if (weight > most * (1 + 1e-9)) {
            weight = most;
            ++count;
        }
    }
    return count;
}

}  // namespace

WeightCost weight_cost(std::span<const double> weights) {
    double sum = 0;
    double squares = 0;
    for (const double weight : weights) {
        sum += weight;
        squares += weight * weight;
    }
    if (!(sum > 0)) {
        return WeightCost{};
    }
    const auto n = static_cast<double>(weights.size());
    return WeightCost{n * squares / (sum * sum), sum * sum / squares};
}

std::optional<WeightedMean> weighted_mean(std::span<const double> values,
                                          std::span<const double> weights) {
    double sum = 0;
    double weighted = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum += weights[i];
        weighted += weights[i] * values[i];
    }
    const auto counting = std::ranges::count_if(weights, [](double weight) { return weight > 0; });
    if (!(sum > 0) || counting < 2) {
        return std::nullopt;
    }
    WeightedMean found;
    found.mean = weighted / sum;
    double squares = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double gap = weights[i] * (values[i] - found.mean);
        squares += gap * gap;
    }
    found.standard_error = std::sqrt(squares) / sum;
    found.effective_n = weight_cost(weights).effective_n;
    return found;
}

std::optional<WeightedMean> post_stratified(std::span<const Stratum> strata) {
    double population = 0;
    for (const Stratum& stratum : strata) {
        population += stratum.population;
    }
    if (!(population > 0)) {
        return std::nullopt;
    }
    WeightedMean found;
    double variance = 0;
    double weights_squared = 0;
    for (const Stratum& stratum : strata) {
        if (!(stratum.population > 0)) {
            continue;
        }
        const bool all_answered = stratum.answers >= stratum.population;
        if (!(stratum.answers > 0) || (stratum.answers < 2 && !all_answered)) {
            return std::nullopt;
        }
        const double part = stratum.population / population;
        const double missed = std::max(0.0, 1 - stratum.answers / stratum.population);
        found.mean += part * stratum.mean;
        variance += part * part * missed * stratum.deviation * stratum.deviation / stratum.answers;
        weights_squared += part * part / stratum.answers;
    }
    found.standard_error = std::sqrt(variance);
    found.effective_n = 1 / weights_squared;
    return found;
}

std::optional<Raked> rake(std::span<const Margin> margins, const RakingSettings& settings) {
    if (!can_be_raked(margins)) {
        return std::nullopt;
    }
    Raked raked;
    raked.weights.assign(margins.front().categories.size(), 1);
    if (!rake_once(margins, settings, raked.weights)) {
        return std::nullopt;
    }
    // What is cut is given to the others by raking again, which may lift some above the line again.
    for (int turn = 0; turn < trims_max && settings.trim > 0; ++turn) {
        const std::size_t count = cut(raked.weights, settings.trim * median_of(raked.weights));
        if (count == 0) {
            break;
        }
        raked.trimmed = std::max(raked.trimmed, count);
        std::vector<double> again = raked.weights;
        if (turn + 1 == trims_max || !rake_once(margins, settings, again)) {
            break;
        }
        raked.weights = again;
    }
    const double sum = std::accumulate(raked.weights.begin(), raked.weights.end(), 0.0);
    for (double& weight : raked.weights) {
        weight *= total_of(margins.front()) / sum;
    }
    raked.cost = weight_cost(raked.weights);
    raked.worst_error = worst_error_of(margins, raked.weights);
    return raked;
}

}  // namespace kokemus::stats
