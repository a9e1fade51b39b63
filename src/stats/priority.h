#pragma once

#include <span>
#include <vector>

namespace kokemus::stats {

/// One factor in the map of importance and performance.
struct Placed {
    double importance = 0;
    double performance = 0;
    double target = 0;     ///< of the performance; the map's line, never the mean of all
    double reach = 1;      ///< share of customers whom it touches
    double cost_rank = 0;  ///< 0 the cheapest to change, 1 the dearest
};

/// What to change first: importance * (target - performance) * reach * (1 - cost rank), after
/// Martilla and James (1977, Journal of Marketing 41, 77-79). 0 when the target is met.
double priority(const Placed& factor);

/// Which are at least as important as the mean. What differs by rounding is equal: the mean of .35,
/// .25, .30 and .10 is not .25 in doubles, yet the second is at the mean.
std::vector<bool> important(std::span<const double> importances);

}  // namespace kokemus::stats
