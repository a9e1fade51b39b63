#include "stats/placebo.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace kokemus::stats {
namespace {

constexpr std::size_t placebos_for_enough = 20;

}  // namespace

Placebo placebo_rank(double effect, std::span<const double> placebos) {
    Placebo result;
    for (const double placebo : placebos) {
        if (!std::isfinite(placebo)) {
            continue;
        }
        ++result.placebos;
        result.rank += !std::isfinite(effect) || std::abs(placebo) >= std::abs(effect) ? 1 : 0;
    }
    result.p_value = static_cast<double>(result.rank) / static_cast<double>(result.placebos + 1);
    result.enough = result.placebos >= placebos_for_enough;
    return result;
}

std::optional<Placebo> placebo_in_time(std::span<const double> series, std::size_t change,
                                       const Window& window, const EffectOfChange& effect) {
    if (change > series.size()) {
        return std::nullopt;
    }
    const std::size_t end = std::min(series.size(), change + window.after);
    const auto real = effect(series.first(end), change);
    if (!real) {
        return std::nullopt;
    }
    std::vector<double> placebos;
    for (std::size_t at = window.least_before; at + window.after <= change; ++at) {
        if (const auto placebo = effect(series.first(at + window.after), at)) {
            placebos.push_back(*placebo);
        }
    }
    return placebo_rank(*real, placebos);
}

}  // namespace kokemus::stats
