#include "stats/shrinkage.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kokemus::stats {
namespace {

/// Sums over the units with the weights 1 / (variance + between).
struct Weighted {
    double sum = 0;      ///< of the weights
    double squares = 0;  ///< of their squares
    double cubes = 0;    ///< of their cubes
    double mean = 0;     ///< of the estimates
    double q = 0;        ///< weighted squared deviations
    double q_twice = 0;  ///< the same with the weights squared
};

Weighted weighted(std::span<const Measured> units, double between) {
    Weighted all;
    for (const Measured& unit : units) {
        const double weight = 1 / (unit.variance + between);
        all.sum += weight;
        all.squares += weight * weight;
        all.cubes += weight * weight * weight;
        all.mean += weight * unit.estimate;
    }
    all.mean /= all.sum;
    for (const Measured& unit : units) {
        const double weight = 1 / (unit.variance + between);
        const double gap = unit.estimate - all.mean;
        all.q += weight * gap * gap;
        all.q_twice += weight * weight * gap * gap;
    }
    return all;
}

double dersimonian_laird(std::span<const Measured> units) {
    const Weighted all = weighted(units, 0);
    const double excess = all.q - static_cast<double>(units.size() - 1);
    return std::max(0.0, excess / (all.sum - all.squares / all.sum));
}

/// The value at which q equals its expectation; q falls as `between` rises.
double paule_mandel(std::span<const Measured> units) {
    const auto expected = static_cast<double>(units.size() - 1);
    if (weighted(units, 0).q <= expected) {
        return 0;
    }
    double low = 0;
    double high = 1;
    for (const Measured& unit : units) {
        high = std::max(high, unit.variance);
    }
    while (weighted(units, high).q > expected) {
        high *= 2;
    }
    for (int step = 0; step < 200 && high - low > 1e-15 * high; ++step) {
        const double middle = (low + high) / 2;
        (weighted(units, middle).q > expected ? low : high) = middle;
    }
    return (low + high) / 2;
}

/// Fisher scoring on the restricted likelihood, held at 0.
double restricted_maximum(std::span<const Measured> units) {
    double between = dersimonian_laird(units);
    for (int step = 0; step < 1000; ++step) {
        const Weighted all = weighted(units, between);
        const double score = (all.q_twice - all.sum + all.squares / all.sum) / 2;
        const double information = (all.squares - 2 * all.cubes / all.sum +
                                    all.squares * all.squares / (all.sum * all.sum)) /
                                   2;
        const double next = std::max(0.0, between + score / information);
        const bool settled = std::abs(next - between) <= 1e-13 * (1 + next);
        between = next;
        if (settled) {
            break;
        }
    }
    return between;
}

bool apart(const Shrunken& better, const Shrunken& worse, double confidence) {
    return probability_above(better, worse) >= confidence;
}

}  // namespace

double between_variance(std::span<const Measured> units, BetweenVariance method) {
    if (units.size() < 2) {
        return 0;
    }
    switch (method) {
        case BetweenVariance::DerSimonianLaird: return dersimonian_laird(units);
        case BetweenVariance::RestrictedMaximum: return restricted_maximum(units);
        case BetweenVariance::PauleMandel: break;
    }
    return paule_mandel(units);
}

double Shrunken::lower(double probability) const {
    return estimate - one_sided_z(probability) * deviation;
}

Interval Shrunken::interval(double confidence) const {
    const double half = two_sided_z(confidence) * deviation;
    return Interval{estimate - half, estimate + half};
}

Shrinkage shrink(std::span<const Measured> units, double between) {
    Shrinkage shrinkage;
    if (units.empty()) {
        return shrinkage;
    }
    // 1. Do the units differ more than chance?
    const auto freedom = static_cast<double>(units.size() - 1);
    shrinkage.q = weighted(units, 0).q;
    shrinkage.i_squared = shrinkage.q > freedom ? 1 - freedom / shrinkage.q : 0;
    shrinkage.p_value = freedom > 0 ? chi_squared_above(shrinkage.q, freedom) : 1;
    // 2. The mean of all.
    const Weighted all = weighted(units, between);
    shrinkage.mean = all.mean;
    shrinkage.mean_deviation = std::sqrt(1 / all.sum);
    shrinkage.between_variance = between;
    // 3. Each unit: B = v / (v + between) of the mean, 1 - B of its own.
    for (const Measured& unit : units) {
        const double pull = unit.variance / (unit.variance + between);
        Shrunken shrunken;
        shrunken.weight = 1 - pull;
        shrunken.estimate = all.mean + (1 - pull) * (unit.estimate - all.mean);
        shrunken.deviation = std::sqrt(unit.variance * (1 - pull) + pull * pull / all.sum);
        shrunken.above = normal_below((shrunken.estimate - all.mean) / shrunken.deviation);
        shrinkage.units.push_back(shrunken);
    }
    return shrinkage;
}

double probability_above(const Shrunken& first, const Shrunken& second) {
    const double deviation = std::hypot(first.deviation, second.deviation);
    if (!(deviation > 0)) {
        return first.estimate > second.estimate ? 1 : first.estimate < second.estimate ? 0 : 0.5;
    }
    return normal_below((first.estimate - second.estimate) / deviation);
}

std::vector<std::vector<std::size_t>> inseparable(std::span<const Shrunken> units,
                                                  double confidence) {
    std::vector<std::size_t> order(units.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&units](std::size_t a, std::size_t b) {
        return units[a].estimate > units[b].estimate;
    });
    std::vector<std::vector<std::size_t>> runs;
    std::size_t reached = 0;  // one past the last unit that a run holds
    for (std::size_t best = 0; best < order.size(); ++best) {
        std::size_t end = order.size();
        while (end > best + 1 && apart(units[order[best]], units[order[end - 1]], confidence)) {
            --end;
        }
        if (end > reached) {
            runs.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(best),
                              order.begin() + static_cast<std::ptrdiff_t>(end));
            reached = end;
        }
    }
    return runs;
}

}  // namespace kokemus::stats
