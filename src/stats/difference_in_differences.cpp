#include "stats/difference_in_differences.h"

#include <cmath>
#include <vector>

#include "stats/moments.h"
#include "stats/permutation.h"

namespace kokemus::stats {
namespace {

constexpr std::uint64_t units_for_enough = 4;

std::vector<double> changes(std::span<const BeforeAndAfter> units) {
    std::vector<double> changes;
    changes.reserve(units.size());
    for (const BeforeAndAfter& unit : units) {
        changes.push_back(unit.after - unit.before);
    }
    return changes;
}

Moments moments_of(std::span<const double> values) {
    Moments moments;
    for (const double value : values) {
        moments.add(value);
    }
    return moments;
}

/// Student's t of two groups with one variance.
Difference pooled_t(const Moments& first, const Moments& second, double confidence) {
    Difference difference;
    difference.interval = Interval{-HUGE_VAL, HUGE_VAL};
    if (first.count() == 0 || second.count() == 0) {
        return difference;
    }
    difference.estimate = first.mean() - second.mean();
    const auto first_n = static_cast<double>(first.count());
    const auto second_n = static_cast<double>(second.count());
    const double freedom = first_n + second_n - 2;
    if (freedom < 1) {
        return difference;
    }
    const double squares = first.squared_deviations() + second.squared_deviations();
    difference.standard_error = std::sqrt(squares / freedom * (1 / first_n + 1 / second_n));
    if (!(difference.standard_error > 0)) {
        return difference;
    }
    difference.statistic = difference.estimate / difference.standard_error;
    difference.p_value = two_sided_p(difference.statistic, freedom);
    const double half = two_sided_t(confidence, freedom) * difference.standard_error;
    difference.interval = Interval{difference.estimate - half, difference.estimate + half};
    return difference;
}

}  // namespace

DifferenceInDifferences difference_in_differences(std::span<const BeforeAndAfter> got_it,
                                                  std::span<const BeforeAndAfter> others,
                                                  std::uint64_t seed, double confidence) {
    const std::vector<double> first = changes(got_it);
    const std::vector<double> second = changes(others);
    DifferenceInDifferences result;
    result.difference = pooled_t(moments_of(first), moments_of(second), confidence);
    result.permutation = permutation_test(first, second, seed);
    result.enough = first.size() >= units_for_enough && second.size() >= units_for_enough;
    return result;
}

}  // namespace kokemus::stats
