#include "stats/false_discovery.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace kokemus::stats {

std::vector<double> false_discovery_adjusted(std::span<const double> p_values) {
    std::vector<double> p(p_values.begin(), p_values.end());
    for (double& each : p) {
        each = each >= 0 && each <= 1 ? each : 1;
    }
    // 1. From the largest to the smallest.
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(
        order.begin(), order.end(), [&p](std::size_t a, std::size_t b) { return p[a] > p[b]; });
    // 2. The i-th smallest of m times m / i, never above what a larger p-value has.
    std::vector<double> adjusted(p.size());
    const auto m = static_cast<double>(p.size());
    double least = 1;
    auto rank = m;
    for (const std::size_t place : order) {
        least = std::min(least, p[place] * (m / rank));
        adjusted[place] = least;
        rank -= 1;
    }
    return adjusted;
}

}  // namespace kokemus::stats
