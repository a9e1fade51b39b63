#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "stats/confidence.h"
#include "stats/estimate.h"

namespace kokemus::stats {

/// A number of a list of values, of any order.
using Statistic = std::function<double(std::span<const double> values)>;

struct BootstrapSettings {
    std::size_t replicates = 10'000;
    std::uint64_t seed = 0;
    double confidence = usual_confidence;
};

/// The interval of any statistic from values drawn again, corrected for bias and for a spread that
/// changes with the value (BCa: Efron 1987, JASA 82, 171-185). It stays where the statistic can be,
/// so a mean stays on its scale; with fewer than about ten values it is somewhat narrow. Nothing
/// with fewer than two values, when one of them is not finite, or when all replicates are alike,
/// which is not certainty.
std::optional<Interval> bca_interval(std::span<const double> values, const Statistic& statistic,
                                     const BootstrapSettings& settings = {});

}  // namespace kokemus::stats
