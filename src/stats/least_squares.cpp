#include "stats/least_squares.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "stats/linear_algebra.h"
#include "stats/moments.h"

namespace kokemus::stats {
namespace {

/// Adds x x' to the lower half.
void add_square(Matrix& sum, std::span<const double> x, double weight) {
    for (std::size_t i = 0; i < x.size(); ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            sum(i, j) += weight * x[i] * x[j];
        }
    }
}

void mirror(Matrix& matrix) {
    for (std::size_t i = 0; i < matrix.rows(); ++i) {
        for (std::size_t j = i + 1; j < matrix.columns(); ++j) {
            matrix(i, j) = matrix(j, i);
        }
    }
}

/// The squares of the scores x e / (1 - h).
Matrix hc3_middle(const Matrix& design, std::span<const double> residuals,
                  std::span<const double> leverages) {
    Matrix middle(design.columns(), design.columns());
    for (std::size_t row = 0; row < design.rows(); ++row) {
        // A row that decides a coefficient alone has leverage 1 and residual 0: it tells nothing.
        const double left = std::max(1e-12, 1 - leverages[row]);
        const double residual = residuals[row] / left;
        add_square(middle, design.row(row), residual * residual);
    }
    mirror(middle);
    return middle;
}

/// The squares of the scores summed by cluster, with CR1's correction for few clusters.
Matrix clustered_middle(const Matrix& design, std::span<const double> residuals,
                        std::span<const std::uint64_t> clusters, std::size_t& count) {
    std::map<std::uint64_t, std::vector<double>> scores;
    for (std::size_t row = 0; row < design.rows(); ++row) {
        std::vector<double>& score = scores[clusters[row]];
        score.resize(design.columns());
        for (std::size_t i = 0; i < design.columns(); ++i) {
            score[i] += residuals[row] * design(row, i);
        }
    }
    count = scores.size();
    const auto groups = static_cast<double>(count);
    const auto n = static_cast<double>(design.rows());
    const double correction =
        count < 2 ? 0
                  : groups / (groups - 1) * (n - 1) / (n - static_cast<double>(design.columns()));
    Matrix middle(design.columns(), design.columns());
    for (const auto& [cluster, score] : scores) {
        add_square(middle, score, correction);
    }
    mirror(middle);
    return middle;
}

}  // namespace

double LeastSquares::error(std::size_t coefficient) const {
    return std::sqrt(std::max(0.0, covariance(coefficient, coefficient)));
}

Interval LeastSquares::interval(std::size_t coefficient, double confidence) const {
    const double half = two_sided_t(confidence, freedom) * error(coefficient);
    return Interval{coefficients[coefficient] - half, coefficients[coefficient] + half};
}

double LeastSquares::p_value(std::size_t coefficient) const {
    const double spread = error(coefficient);
    return spread > 0 ? two_sided_p(coefficients[coefficient] / spread, freedom) : 1;
}

std::optional<LeastSquares> least_squares(const Matrix& design, std::span<const double> y,
                                          Errors errors, std::span<const std::uint64_t> clusters) {
    if (design.rows() <= design.columns() ||
        (errors == Errors::Clustered && clusters.size() != design.rows())) {
        return std::nullopt;
    }
    std::optional<Nearest> fit = nearest(design, y);
    if (!fit) {
        return std::nullopt;
    }
    LeastSquares found;
    found.coefficients = std::move(fit->coefficients);
    Moments of_y;
    double squares = 0;
    for (std::size_t row = 0; row < design.rows(); ++row) {
        double predicted = 0;
        for (std::size_t i = 0; i < design.columns(); ++i) {
            predicted += design(row, i) * found.coefficients[i];
        }
        found.residuals.push_back(y[row] - predicted);
        squares += found.residuals.back() * found.residuals.back();
        of_y.add(y[row]);
    }
    found.r_squared = of_y.squared_deviations() > 0 ? 1 - squares / of_y.squared_deviations() : 0;
    found.freedom = static_cast<double>(design.rows() - design.columns());
    switch (errors) {
        case Errors::Usual:
            found.covariance = std::move(fit->inverse_cross);
            found.covariance.scale(squares / found.freedom);
            break;
        case Errors::Hc3:
            found.covariance =
                sandwich(fit->inverse_cross, hc3_middle(design, found.residuals, fit->leverages));
            break;
        case Errors::Clustered: {
            std::size_t count = 0;
            const Matrix middle = clustered_middle(design, found.residuals, clusters, count);
            if (count < 2) {
                return std::nullopt;
            }
            found.covariance = sandwich(fit->inverse_cross, middle);
            found.freedom = static_cast<double>(count - 1);
            break;
        }
    }
    return found;
}

}  // namespace kokemus::stats
