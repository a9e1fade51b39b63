#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "stats/factor_sums.h"
#include "stats/matrix.h"

namespace kokemus::stats {

/// How much of an outcome's variation goes with each factor, when the factors go together too.
/// Association: what a factor would do if it were changed is another question.
struct Importance {
    std::vector<double> shares;  ///< one a factor, at least 0; they sum to r_squared
    double r_squared = 0;
};

/// The most factors for which all subsets are looked at.
inline constexpr std::size_t all_subsets_max = 15;

/// LMG: what a factor adds to R^2, averaged over all orders in which the factors can be added
/// (Lindeman, Merenda and Gold 1980, page 119; the Shapley value of R^2; Groemping 2006, Journal of
/// Statistical Software 17(1)). Exact. A factor that repeats others shares with them.
///
/// A factor may have several columns (one a department, say): `widths` then has the number of
/// columns of each factor, in order; empty means one each. Columns of one factor come and go
/// together. Nothing for more than all_subsets_max factors.
std::optional<Importance> all_subsets_importance(const Correlations& correlations,
                                                 std::span<const std::size_t> widths = {});

/// Johnson's relative weights (2000, Multivariate Behavioral Research 35, 1-19): nearly the same
/// for any number of factors, in the time of one decomposition.
Importance relative_weights(const Correlations& correlations);

/// The change of the outcome, in its deviations, with one deviation of a factor while the others
/// stay: its sign is the direction. Nothing when factors repeat each other.
std::optional<std::vector<double>> standardised_coefficients(const Correlations& correlations);

/// R^2 less what chance gives to so many factors (Ezekiel 1930); may be below 0. For few rows and
/// many factors show this one. 0 when there are not two rows more than factors.
double adjusted_r_squared(double r_squared, double n, std::size_t factors);

}  // namespace kokemus::stats
