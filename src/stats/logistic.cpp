#include "stats/logistic.h"

#include <algorithm>
#include <cmath>

#include "stats/linear_algebra.h"

namespace kokemus::stats {
namespace {

/// Beyond this the fit has run off: the outcome is told without fault.
constexpr double linear_max = 30;
constexpr int steps_max = 100;
constexpr double settled = 1e-9;

double linear(std::span<const double> row, std::span<const double> coefficients) {
    double sum = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        sum += row[i] * coefficients[i];
    }
    return std::clamp(sum, -linear_max - 5, linear_max + 5);
}

double probability_of(Link link, double linear) {
    const double p =
        link == Link::Logit ? 1 / (1 + std::exp(-linear)) : -std::expm1(-std::exp(linear));
    return std::clamp(p, 1e-15, 1 - 1e-15);
}

/// dp / d(linear).
double slope_of(Link link, double linear, double p) {
    return link == Link::Logit ? p * (1 - p) : std::exp(linear - std::exp(linear));
}

/// One model at its place on the way.
class Climb {
public:
    Climb(const Matrix& design, std::span<const double> outcomes, std::span<const double> weights,
          const LogisticSettings& settings)
        : design_(design),
          outcomes_(outcomes),
          weights_(weights),
          settings_(settings) {}

    double deviance(std::span<const double> coefficients) const {
        double sum = 0;
        for (std::size_t row = 0; row < design_.rows(); ++row) {
            const double p = probability_of(settings_.link, linear(design_.row(row), coefficients));
            const double y = outcomes_[row];
            sum += weight(row) * (y * std::log(p) + (1 - y) * std::log1p(-p));
        }
        return -2 * sum;
    }

    /// What is made small.
    double penalised(std::span<const double> coefficients) const {
        double squares = 0;
        for (std::size_t i = 1; i < coefficients.size(); ++i) {
            squares += coefficients[i] * coefficients[i];
        }
        return deviance(coefficients) + settings_.ridge * squares;
    }

    /// The expected information and the score.
    void look(std::span<const double> coefficients, Matrix& information,
              std::vector<double>& score) const {
        const std::size_t columns = design_.columns();
        information = Matrix(columns, columns);
        score.assign(columns, 0);
        for (std::size_t row = 0; row < design_.rows(); ++row) {
            const std::span<const double> x = design_.row(row);
            const double at = linear(x, coefficients);
            const double p = probability_of(settings_.link, at);
            const double slope = slope_of(settings_.link, at, p);
            const double pull = weight(row) * slope / (p * (1 - p));
            for (std::size_t i = 0; i < columns; ++i) {
                score[i] += pull * (outcomes_[row] - p) * x[i];
                for (std::size_t j = 0; j <= i; ++j) {
                    information(i, j) += pull * slope * x[i] * x[j];
                }
            }
        }
        for (std::size_t i = 0; i < columns; ++i) {
            for (std::size_t j = i + 1; j < columns; ++j) {
                information(i, j) = information(j, i);
            }
            if (i > 0) {
                information(i, i) += settings_.ridge;
                score[i] -= settings_.ridge * coefficients[i];
            }
        }
    }

    /// The largest of all rows' sums: of a fit that has run off some are beyond linear_max, and of
    /// a step that no longer moves all are about 0.
    double largest(std::span<const double> coefficients) const {
        double most = 0;
        for (std::size_t row = 0; row < design_.rows(); ++row) {
            if (weight(row) > 0) {
                most = std::max(most, std::abs(linear(design_.row(row), coefficients)));
            }
        }
        return most;
    }

    /// A full step, halved until it does not make things worse; the new height.
    double go(std::vector<double>& coefficients, std::span<const double> way, double height) const {
        std::vector<double> next(coefficients.size());
        double next_height = height;
        double length = 1;
        do {
            for (std::size_t i = 0; i < next.size(); ++i) {
                next[i] = coefficients[i] + length * way[i];
            }
            next_height = penalised(next);
            length /= 2;
        } while (!(next_height <= height + 1e-9 * std::abs(height)) && length > 1e-6);
        coefficients = next;
        return next_height;
    }

private:
    double weight(std::size_t row) const { return weights_.empty() ? 1 : weights_[row]; }

    const Matrix& design_;
    std::span<const double> outcomes_;
    std::span<const double> weights_;
    const LogisticSettings& settings_;
};

}  // namespace

double Logistic::error(std::size_t coefficient) const {
    return std::sqrt(std::max(0.0, covariance(coefficient, coefficient)));
}

double Logistic::probability(std::span<const double> row) const {
    return probability_of(link, linear(row, coefficients));
}

std::optional<Logistic> logistic(const Matrix& design, std::span<const double> outcomes,
                                 const LogisticSettings& settings,
                                 std::span<const double> weights) {
    if (design.rows() <= design.columns() || design.columns() == 0 ||
        outcomes.size() != design.rows() || (!weights.empty() && weights.size() != design.rows())) {
        return std::nullopt;
    }
    const Climb climb(design, outcomes, weights, settings);
    std::vector<double> coefficients(design.columns());
    double height = climb.penalised(coefficients);
    Matrix information;
    std::vector<double> score;
    for (int step = 0; step < steps_max; ++step) {
        climb.look(coefficients, information, score);
        const std::optional<Matrix> inverse = inverse_of_positive(information);
        if (!inverse || climb.largest(coefficients) > linear_max) {
            return std::nullopt;
        }
        std::vector<double> way(coefficients.size());
        for (std::size_t i = 0; i < way.size(); ++i) {
            for (std::size_t j = 0; j < way.size(); ++j) {
                way[i] += (*inverse)(i, j) * score[j];
            }
        }
        if (climb.largest(way) < settled) {
            return Logistic{settings.link, coefficients, *inverse, climb.deviance(coefficients)};
        }
        height = climb.go(coefficients, way, height);
    }
    return std::nullopt;
}

}  // namespace kokemus::stats
