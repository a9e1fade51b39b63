#include "stats/interrupted_series.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "stats/linear_algebra.h"

namespace kokemus::stats {
namespace {

constexpr std::size_t columns = 4;
constexpr std::size_t least_on_a_side = 3;
constexpr std::size_t enough_on_a_side = 8;

/// The middle of Newey and West's sandwich: sums of products of the scores, those l apart with the
/// weight 1 - l / (lag + 1).
Matrix score_products(const Matrix& design, std::span<const double> residuals, std::size_t lag) {
    Matrix middle(columns, columns);
    const std::size_t n = residuals.size();
    for (std::size_t apart = 0; apart <= lag && apart < n; ++apart) {
        const double weight = 1 - static_cast<double>(apart) / static_cast<double>(lag + 1);
        for (std::size_t t = apart; t < n; ++t) {
            const double product = weight * residuals[t] * residuals[t - apart];
            for (std::size_t i = 0; i < columns; ++i) {
                for (std::size_t j = 0; j < columns; ++j) {
                    double one = design(t, i) * design(t - apart, j);
                    if (apart > 0) {
                        one += design(t - apart, i) * design(t, j);
                    }
                    middle(i, j) += product * one;
                }
            }
        }
    }
    return middle;
}

double variance_at(const Matrix& covariance, double since) {
    using Series = InterruptedSeries;
    return covariance(Series::Jump, Series::Jump) +
           2 * since * covariance(Series::Jump, Series::Bend) +
           since * since * covariance(Series::Bend, Series::Bend);
}

}  // namespace

double InterruptedSeries::effect_error_at(std::size_t t) const {
    const double since = static_cast<double>(t) - static_cast<double>(change);
    return std::sqrt(std::max(
        {0.0, variance_at(usual_covariance, since), variance_at(newey_west_covariance, since)}));
}

Estimate InterruptedSeries::effect_at(std::size_t t, double confidence) const {
    const double since = static_cast<double>(t) - static_cast<double>(change);
    Estimate estimate;
    estimate.estimate = coefficients[Jump] + since * coefficients[Bend];
    const double freedom = static_cast<double>(n - columns);
    const double half = two_sided_t(confidence, freedom) * effect_error_at(t);
    estimate.interval = Interval{estimate.estimate - half, estimate.estimate + half};
    estimate.n = n;
    estimate.method = "segmented";
    estimate.enough = enough;
    return estimate;
}

std::size_t newey_west_lag(std::size_t n) {
    return static_cast<std::size_t>(4 * std::pow(static_cast<double>(n) / 100, 2.0 / 9));
}

std::optional<InterruptedSeries> interrupted_series(std::span<const double> series,
                                                    std::size_t change,
                                                    std::optional<std::size_t> lag) {
    const std::size_t n = series.size();
    if (change < least_on_a_side || n < change + least_on_a_side) {
        return std::nullopt;
    }
    Matrix design(n, columns);
    for (std::size_t row = 0; row < n; ++row) {
        const double t = static_cast<double>(row + 1);
        design(row, InterruptedSeries::Level) = 1;
        design(row, InterruptedSeries::Slope) = t;
        if (row >= change) {
            design(row, InterruptedSeries::Jump) = 1;
            design(row, InterruptedSeries::Bend) = t - static_cast<double>(change);
        }
    }
    const auto fit = nearest(design, series);
    if (!fit) {
        return std::nullopt;
    }
    std::vector<double> residuals(n);
    double squares = 0;
    for (std::size_t row = 0; row < n; ++row) {
        residuals[row] = series[row];
        for (std::size_t column = 0; column < columns; ++column) {
            residuals[row] -= design(row, column) * fit->coefficients[column];
        }
        squares += residuals[row] * residuals[row];
    }
    InterruptedSeries result;
    result.n = n;
    result.change = change;
    result.lag = lag.value_or(newey_west_lag(n));
    result.enough = change >= enough_on_a_side && n - change >= enough_on_a_side;
    const auto freedom = static_cast<double>(n - columns);
    result.usual_covariance = fit->inverse_cross;
    result.usual_covariance.scale(squares / freedom);
    result.newey_west_covariance =
        sandwich(fit->inverse_cross, score_products(design, residuals, result.lag));
    result.newey_west_covariance.scale(static_cast<double>(n) / freedom);
    for (std::size_t i = 0; i < columns; ++i) {
        result.coefficients[i] = fit->coefficients[i];
        result.usual_errors[i] = std::sqrt(result.usual_covariance(i, i));
        result.newey_west_errors[i] = std::sqrt(std::max(0.0, result.newey_west_covariance(i, i)));
    }
    return result;
}

}  // namespace kokemus::stats
