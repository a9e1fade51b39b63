#include "stats/response_surface.h"

#include <algorithm>
#include <cmath>

namespace kokemus::stats {
namespace {

/// How b1 to b5 make the four terms.
constexpr std::array<std::array<double, 5>, 4> made_of{{
    {1, 1, 0, 0, 0},
    {0, 0, 1, 1, 1},
    {1, -1, 0, 0, 0},
    {0, 0, 1, -1, 1},
}};

SurfaceTerm term_of(const LeastSquares& fit, const std::array<double, 5>& weights) {
    SurfaceTerm term;
    double variance = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        term.value += weights[i] * fit.coefficients[i + 1];
        for (std::size_t j = 0; j < 5; ++j) {
            variance += weights[i] * weights[j] * fit.covariance(i + 1, j + 1);
        }
    }
    term.error = std::sqrt(std::max(0.0, variance));
    return term;
}

}  // namespace

std::array<double, 4> surface_terms(const std::array<double, 5>& coefficients) {
    std::array<double, 4> terms{};
    for (std::size_t term = 0; term < 4; ++term) {
        for (std::size_t i = 0; i < 5; ++i) {
            terms[term] += made_of[term][i] * coefficients[i];
        }
    }
    return terms;
}

std::optional<ResponseSurface> response_surface(std::span<const double> expected,
                                                std::span<const double> came,
                                                std::span<const double> outcome) {
    if (expected.size() != came.size() || expected.size() != outcome.size()) {
        return std::nullopt;
    }
    Matrix design;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double e = expected[i];
        const double p = came[i];
        design.add_row(std::array{1.0, e, p, e * e, e * p, p * p});
    }
    std::optional<LeastSquares> fit = least_squares(design, outcome, Errors::Hc3);
    if (!fit) {
        return std::nullopt;
    }
    ResponseSurface surface;
    surface.along_agreement = term_of(*fit, made_of[0]);
    surface.agreement_curve = term_of(*fit, made_of[1]);
    surface.along_disagreement = term_of(*fit, made_of[2]);
    surface.disagreement_curve = term_of(*fit, made_of[3]);
    surface.fit = std::move(*fit);
    return surface;
}

}  // namespace kokemus::stats
