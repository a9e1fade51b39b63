#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stats/confidence.h"
#include "stats/estimate.h"
#include "stats/matrix.h"

namespace kokemus::stats {

/// What the errors of the coefficients hold against.
enum class Errors {
    Usual,      ///< all answers vary alike and each is for itself
    Hc3,        ///< they vary as they like (MacKinnon and White 1985)
    Clustered,  ///< and those of one cluster (customer) move together (Liang and Zeger 1986; CR1)
};

/// y as a sum of columns times coefficients, by least squares.
struct LeastSquares {
    std::vector<double> coefficients;
    Matrix covariance;  ///< of the coefficients, by the errors asked for
    std::vector<double> residuals;
    double r_squared = 0;  ///< around the mean of y; 0 when y does not vary
    double freedom = 0;    ///< for t: n - columns, or clusters - 1

    double error(std::size_t coefficient) const;
    /// By Student's t.
    Interval interval(std::size_t coefficient, double confidence = usual_confidence) const;
    double p_value(std::size_t coefficient) const;
};

/// `design` has a row for each of y; a column of ones, if wanted, is given. `clusters` has a number
/// for each row when errors are Clustered, and is not looked at otherwise. Nothing when a column
/// repeats others, when there are not more rows than columns, or fewer than two clusters.
std::optional<LeastSquares> least_squares(const Matrix& design, std::span<const double> y,
                                          Errors errors = Errors::Usual,
                                          std::span<const std::uint64_t> clusters = {});

}  // namespace kokemus::stats
