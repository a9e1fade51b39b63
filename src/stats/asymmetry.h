#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stats/confidence.h"
#include "stats/estimate.h"
#include "stats/least_squares.h"
#include "stats/matrix.h"

namespace kokemus::stats {

/// What a bad value of a factor takes from the outcome, and what a good one gives.
struct PenaltyReward {
    double penalty = 0;  ///< coefficient of "low" against the middle
    double reward = 0;   ///< coefficient of "high" against the middle
    double penalty_error = 0;
    double reward_error = 0;
    double range = 0;      ///< |penalty| + |reward|
    double asymmetry = 0;  ///< (|reward| - |penalty|) / range: -1 only harms, 1 only delights
    Interval asymmetry_interval;  ///< 90 %

    /// The asymmetry is on one side of 0 for all that the interval knows.
    bool one_sided() const { return asymmetry_interval.low > 0 || asymmetry_interval.high < 0; }
};

struct ContrastSettings {
    Errors errors = Errors::Hc3;
    std::span<const std::uint64_t> clusters;  ///< for Errors::Clustered
    std::uint64_t seed = 0;
};

/// Impact that is not the same upwards and downwards (penalty-reward contrast: Brandt 1987;
/// Mikulic and Prebezac 2011, Managing Service Quality 21, 46-66, on what it cannot tell: it does
/// not find "must-be" or "delight" as Kano's questionnaire does). Least squares of the outcome on
/// two dummies a factor with the errors asked for; the interval from 2000 draws of the
/// coefficients.
///
/// `levels` has a column a factor and a row an answer: below 0 is low, above 0 high, 0 the middle.
/// Nothing when a factor lacks low or high rows or repeats others, or there are too few rows.
std::optional<std::vector<PenaltyReward>> penalty_reward(const Matrix& levels,
                                                         std::span<const double> outcome,
                                                         const ContrastSettings& settings = {});

/// How an outcome follows a gap (what came less what was expected), with a slope for each side:
/// y = b0 + gain * max(gap, 0) + loss * min(gap, 0).
struct TwoSlopes {
    double at_zero = 0;
    double gain = 0;
    double loss = 0;
    double gain_error = 0;
    double loss_error = 0;
    double r_squared = 0;
    double difference = 0;  ///< loss - gain, with its test
    double t = 0;
    double p_value = 1;
    /// loss / gain, with an interval from its logarithm (delta method); absent unless both are
    /// above 0.
    std::optional<double> ratio;
    Interval ratio_interval;
};

/// Nothing when all gaps are on one side or with fewer than four rows.
std::optional<TwoSlopes> two_slopes(std::span<const double> gaps, std::span<const double> outcome,
                                    Errors errors = Errors::Usual,
                                    std::span<const std::uint64_t> clusters = {});

}  // namespace kokemus::stats
