#include "stats/priority.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kokemus::stats {

double priority(const Placed& factor) {
    const double lacking = std::max(0.0, factor.target - factor.performance);
    return factor.importance * lacking * factor.reach * (1 - factor.cost_rank);
}

std::vector<bool> important(std::span<const double> importances) {
    const double sum = std::accumulate(importances.begin(), importances.end(), 0.0);
    const double mean = importances.empty() ? 0 : sum / static_cast<double>(importances.size());
    constexpr double rounding = 1e-9;
    std::vector<bool> at_least;
    for (const double each : importances) {
        at_least.push_back(each >= mean - rounding * std::abs(mean));
    }
    return at_least;
}

}  // namespace kokemus::stats
