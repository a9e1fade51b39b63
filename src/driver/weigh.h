#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "driver/design.h"
#include "stats/confidence.h"
#include "stats/factor_sums.h"
#include "stats/importance_bootstrap.h"

namespace kokemus::driver {

struct WeighWish {
    std::uint64_t seed = 0;
    std::size_t replicates = 0;
    double confidence = stats::usual_confidence;
    std::span<const std::uint8_t> only = {};  ///< by row: 1 where it counts; empty: all
};

/// The importance of the factors of a design, and how its columns go together.
struct Weighed {
    stats::ImportanceFound found;
    stats::Correlations correlations;
    std::vector<std::size_t> first_column;  ///< of each factor
    std::string_view method;
};

/// LMG up to 15 factors, beyond them relative weights, for which each factor must be a number.
/// Nothing when it cannot be told.
std::optional<Weighed> weigh(const Design& design, const WeighWish& wish);

}  // namespace kokemus::driver
