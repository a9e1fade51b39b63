#pragma once

#include <array>
#include <optional>
#include <span>

#include "stats/least_squares.h"

namespace kokemus::stats {

/// One number that a surface is told by, and its error.
struct SurfaceTerm {
    double value = 0;
    double error = 0;
};

/// An outcome over two things that belong together (what was expected, what came), as y = b0 + b1 E
/// + b2 P + b3 E^2 + b4 E P + b5 P^2 (Edwards and Parry 1993, Academy of Management Journal 36,
/// 1577-1613): what differences of scores hide.
struct ResponseSurface {
    LeastSquares fit;
    SurfaceTerm along_agreement;     ///< b1 + b2: slope where P = E
    SurfaceTerm agreement_curve;     ///< b3 + b4 + b5
    SurfaceTerm along_disagreement;  ///< b1 - b2: slope where P = -E
    SurfaceTerm disagreement_curve;  ///< b3 - b4 + b5: below 0, agreement is best
};

/// The four of coefficients b1 to b5.
std::array<double, 4> surface_terms(const std::array<double, 5>& coefficients);

/// Errors hold against uneven variance (HC3). Take the middle of the scale from both `expected` and
/// `came` first, or the slopes are those at the scale's end. Nothing with fewer than seven rows or
/// when the squares cannot be told apart.
std::optional<ResponseSurface> response_surface(std::span<const double> expected,
                                                std::span<const double> came,
                                                std::span<const double> outcome);

}  // namespace kokemus::stats
