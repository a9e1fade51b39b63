#pragma once

#include <optional>
#include <span>
#include <vector>

#include "stats/matrix.h"

namespace kokemus::stats {

/// The inverse of a symmetric, positive definite matrix (only the lower half is read). Nothing when
/// it is not, or is so nearly not that the inverse would be rounding: a column repeats others.
std::optional<Matrix> inverse_of_positive(const Matrix& matrix);

/// A symmetric matrix as vectors * diagonal(values) * transposed(vectors), values rising.
struct EigenPairs {
    std::vector<double> values;
    Matrix vectors;  ///< one a column
};

EigenPairs eigen_of_symmetric(const Matrix& matrix);

/// The coefficients for which design * coefficients comes nearest to y, by an orthogonal
/// decomposition (Householder, columns by size), which keeps twice the digits of the normal
/// equations.
struct Nearest {
    std::vector<double> coefficients;
    Matrix inverse_cross;           ///< (X'X)^-1
    std::vector<double> leverages;  ///< the diagonal of X (X'X)^-1 X'
};

/// Nothing when there are fewer rows than columns or a column repeats others.
std::optional<Nearest> nearest(const Matrix& design, std::span<const double> y);

/// left * middle * transposed(left).
Matrix sandwich(const Matrix& left, const Matrix& middle);

}  // namespace kokemus::stats
