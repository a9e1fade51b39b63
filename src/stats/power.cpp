#include "stats/power.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/normal.hpp>

#include "stats/in_doubles.h"

namespace kokemus::stats {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double below(double z) {
    return boost::math::cdf(boost::math::normal_distribution<double, InDoubles>(), z);
}

/// Variance of the difference when the first group has one member.
double both_groups(const Demand& demand) {
    return 1 + 1 / demand.second_per_first;
}

}  // namespace

double power_factor(const Demand& demand) {
    const double z = two_sided_z(demand.confidence) + one_sided_z(demand.power);
    return z * z;
}

double needed_for_mean(double variance, double difference, const Demand& demand) {
    if (difference == 0 || !(demand.second_per_first > 0)) {
        return infinite;
    }
    return power_factor(demand) * variance * both_groups(demand) / (difference * difference);
}

double needed_for_shares(double first, double second, const Demand& demand) {
    if (first == second || !(demand.second_per_first > 0)) {
        return infinite;
    }
    const double ratio = demand.second_per_first;
    const double pooled = (first + ratio * second) / (1 + ratio);
    const double without = pooled * (1 - pooled) * both_groups(demand);
    const double with = first * (1 - first) + second * (1 - second) / ratio;
    const double root = two_sided_z(demand.confidence) * std::sqrt(without) +
                        one_sided_z(demand.power) * std::sqrt(with);
    return root * root / ((first - second) * (first - second));
}

double detectable_difference(double variance, double first_n, double second_n,
                             const Demand& demand) {
    if (!(first_n > 0 && second_n > 0)) {
        return infinite;
    }
    return std::sqrt(power_factor(demand) * variance * (1 / first_n + 1 / second_n));
}

double power_of_mean(double variance, double difference, double first_n, double second_n,
                     double confidence) {
    if (!(first_n > 0 && second_n > 0)) {
        return 0;
    }
    const double error = std::sqrt(variance * (1 / first_n + 1 / second_n));
    return below(std::abs(difference) / error - two_sided_z(confidence));
}

double design_effect(double answers_per_cluster, double intraclass_correlation) {
    return 1 + std::max(0.0, answers_per_cluster - 1) * std::max(0.0, intraclass_correlation);
}

}  // namespace kokemus::stats
