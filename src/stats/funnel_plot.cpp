#include "stats/funnel_plot.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace kokemus::stats {

Interval Funnel::limits(double n) const {
    if (!(n > 0)) {
        return Interval{0, 1};
    }
    const double widened = std::sqrt(std::max(1.0, overdispersion));
    const double half = two_sided_z(confidence) * widened * std::sqrt(target * (1 - target) / n);
    return Interval{std::max(0.0, target - half), std::min(1.0, target + half)};
}

Funnel funnel_plot(std::span<const ShareCount> units, double target, double confidence) {
    Funnel funnel;
    funnel.target = std::clamp(target, 0.0, 1.0);
    funnel.confidence = confidence;
    double squares = 0;
    double counted = 0;
    for (const ShareCount& unit : units) {
        FunnelPoint point;
        const auto n = static_cast<double>(unit.n);
        const double error = std::sqrt(funnel.target * (1 - funnel.target) / n);
        if (unit.n > 0) {
            point.share = static_cast<double>(std::min(unit.part, unit.n)) / n;
            point.z = error > 0 ? (point.share - funnel.target) / error : 0;
            squares += point.z * point.z;
            counted += 1;
        }
        funnel.points.push_back(point);
    }
    funnel.overdispersion = counted > 0 ? squares / counted : 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const Interval limits = funnel.limits(static_cast<double>(units[i].n));
        FunnelPoint& point = funnel.points[i];
        point.beyond = units[i].n > 0 && (point.share < limits.low || point.share > limits.high);
    }
    return funnel;
}

double share_of_all(std::span<const ShareCount> units) {
    std::uint64_t part = 0;
    std::uint64_t n = 0;
    for (const ShareCount& unit : units) {
        part += std::min(unit.part, unit.n);
        n += unit.n;
    }
    return n == 0 ? 0 : static_cast<double>(part) / static_cast<double>(n);
}

}  // namespace kokemus::stats
