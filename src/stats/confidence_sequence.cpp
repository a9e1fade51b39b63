#include "stats/confidence_sequence.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kokemus::stats {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

}  // namespace

double sequence_z(std::uint64_t n, std::uint64_t planned_n, double confidence) {
    if (n == 0) {
        return infinite;
    }
    const double alpha = std::clamp(1 - confidence, 1e-12, 1 - 1e-12);
    const double tail = -2 * std::log(alpha);
    const double rho_squared =
        (tail + std::log(tail + 1)) / static_cast<double>(std::max<std::uint64_t>(planned_n, 1));
    const double growth = static_cast<double>(n) * rho_squared;
    return std::sqrt(2 * (growth + 1) / growth * std::log(std::sqrt(growth + 1) / alpha));
}

Interval ConfidenceSequence::everything() {
    return Interval{-infinite, infinite};
}

bool ConfidenceSequence::look(double estimate, double standard_error, std::uint64_t n) {
    if (!std::isfinite(estimate) || !std::isfinite(standard_error) || !(standard_error > 0) ||
        n == 0) {
        return false;
    }
    ++looks_;
    const double half = sequence_z(n, planned_n_, confidence_) * standard_error;
    const Interval now{estimate - half, estimate + half};
    if (now.low > interval_.high || now.high < interval_.low) {
        contradicted_ = true;
        const double nearest = now.low > interval_.high ? interval_.high : interval_.low;
        interval_ = Interval{nearest, nearest};
        return true;
    }
    interval_ = Interval{std::max(interval_.low, now.low), std::min(interval_.high, now.high)};
    return true;
}

}  // namespace kokemus::stats
