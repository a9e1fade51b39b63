#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "stats/confidence.h"
#include "stats/estimate.h"
#include "stats/matrix.h"

/// A series with a line before a change and another after it: how far it jumped, and how its slope
/// bent (Wagner, Soumerai, Zhang and Ross-Degnan 2002; Bernal, Cummins and Gasparrini 2017,
/// International Journal of Epidemiology 46, 348-355):
/// y_t = level + slope t + jump D_t + bend (t - change) D_t, t = 1, 2, ..., D_t = 1 after the
/// change.
///
/// A thing that happened at the same time cannot be told from the change: prefer a comparison with
/// others, where there are any. Season must have been taken out.
namespace kokemus::stats {

struct InterruptedSeries {
    enum Coefficient : std::size_t { Level, Slope, Jump, Bend };

    std::array<double, 4> coefficients{};
    std::array<double, 4> usual_errors{};       ///< of least squares
    std::array<double, 4> newey_west_errors{};  ///< that hold where neighbours move together
    Matrix usual_covariance;
    Matrix newey_west_covariance;
    std::size_t lag = 0;
    std::size_t n = 0;
    std::size_t change = 0;
    bool enough = false;  ///< 8 values or more on either side

    /// The effect at time t (> change): the line with the change less the line without it, with
    /// the larger of the two errors, because Newey and West's can be too small in a short series.
    /// By Student's t with n - 4 degrees of freedom; method "segmented".
    Estimate effect_at(std::size_t t, double confidence = usual_confidence) const;

    /// The larger of its two errors.
    double effect_error_at(std::size_t t) const;
};

/// floor(4 (n / 100)^(2/9)), Newey and West's usual lag (1994).
std::size_t newey_west_lag(std::size_t n);

/// `change` values lie before it. `lag` is newey_west_lag(n) when none is given. Errors by Newey
/// and West (1987, Econometrica 55, 703-708) with Bartlett's weights and n / (n - 4). Nothing with
/// fewer than 3 values before the change or after; all must be finite.
std::optional<InterruptedSeries> interrupted_series(std::span<const double> series,
                                                    std::size_t change,
                                                    std::optional<std::size_t> lag = {});

}  // namespace kokemus::stats
