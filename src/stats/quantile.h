#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace kokemus::stats {

/// The quantile (0..1) of numbers that are sorted, by a straight line between neighbours (R's type
/// 7: Hyndman and Fan 1996, The American Statistician 50, 361-365). There is at least one number.
inline double sorted_quantile(std::span<const double> sorted, double quantile) {
    const double place = std::clamp(quantile, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(place));
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const double part = place - static_cast<double>(below);
    return sorted[below] + part * (sorted[above] - sorted[below]);
}

}  // namespace kokemus::stats
