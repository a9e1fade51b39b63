#pragma once

#include <optional>
#include <span>
#include <vector>

#include "driver/design.h"
#include "stats/asymmetry.h"

namespace kokemus::driver {

struct Settings;

/// Whether a bad third of a factor costs the outcome more than a good third gives it: of each
/// factor of the design, in their order; nothing for texts and for numbers that have no bad, middle
/// and good third (a count that is 0 nearly everywhere). `coefficients`: whose sign says which end
/// of each factor is the good one; 0 leaves a factor out.
std::vector<std::optional<stats::PenaltyReward>> find_contrasts(
    const Design& design, std::span<const double> coefficients, const Settings& settings);

}  // namespace kokemus::driver
