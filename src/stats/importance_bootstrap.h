#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stats/confidence.h"
#include "stats/estimate.h"
#include "stats/factor_sums.h"
#include "stats/importance.h"
#include "stats/matrix.h"

namespace kokemus::stats {

struct ImportanceSettings {
    std::vector<std::size_t> widths;  ///< columns of each factor; empty: one each
    std::size_t replicates = 1000;
    std::uint64_t seed = 0;
    double confidence = usual_confidence;
};

/// Importance with what the customers at hand leave open.
struct ImportanceFound {
    double n = 0;  ///< rows
    Importance importance;
    std::vector<Interval> shares;
    Interval r_squared;
    /// Standardised coefficients, one a column, with intervals; empty when columns repeat others.
    std::vector<double> coefficients;
    std::vector<Interval> coefficient_intervals;
    /// How often the factor of the row was more important than that of the column (ties half): the
    /// order of two is established when this is at least the confidence, or at most its rest.
    Matrix above;
    std::size_t replicates = 0;  ///< those that could be calculated
};

/// all_subsets_importance, or relative_weights beyond all_subsets_max factors (widths then must be
/// empty), and percentile intervals from customers drawn again with Poisson(1) weights (Chamandy,
/// Muralidharan, Najmi and Naidu 2012; Efron and Tibshirani 1993, 13.3): as many draws as one likes
/// without looking at the rows again. Replicates are spread over the workers of base/parallel.h;
/// the same seed gives the same numbers however many there are. In a task that ends early only the
/// replicates done count.
///
/// Nothing when the outcome does not vary, when there are more factors than can be told (rows <=
/// columns + 1), when all rows are of one customer, or no replicate could be calculated.
std::optional<ImportanceFound> importance_with_intervals(const FactorSums& sums,
                                                         const ImportanceSettings& settings);

}  // namespace kokemus::stats
