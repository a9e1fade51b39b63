#pragma once

#include <optional>
#include <span>

namespace kokemus::stats {

/// How well predicted probabilities agree with what happened.
struct Calibration {
    double n = 0;
    double events = 0;
    double brier = 0;        ///< mean squared gap (Brier 1950)
    double brier_skill = 0;  ///< 1 less brier over that of always saying the share of events
    double log_loss = 0;
    double auc = 0;  ///< how often an event was given more than a non-event; ties half
    /// Of the log-odds of what happened over those that were predicted (Cox 1958): 0 and 1 are
    /// right; a slope below 1 says too much, above 1 too little. Absent when predictions do not
    /// vary or tell the outcome without fault.
    std::optional<double> intercept;
    std::optional<double> slope;
    double in_the_large = 0;  ///< the intercept when the slope is held at 1

    /// Good enough to act on: the slope is between 0.8 and 1.25 and there is skill.
    bool good() const;
};

/// `outcomes` are 0 or 1. Predictions are held within 1e-9 of 0 and 1 where logarithms are taken.
/// Nothing without both an event and a non-event, when the lists differ in length, or when a
/// prediction is not finite.
std::optional<Calibration> calibration(std::span<const double> predicted,
                                       std::span<const double> outcomes);

/// The mean gap between predicted and happened over groups by prediction, by size (expected
/// calibration error: Naeini, Cooper and Hauskrecht 2015). `cuts` rise; a prediction at a cut
/// belongs above it. 0 without predictions. A bug when the lists differ in length.
double calibration_error(std::span<const double> predicted, std::span<const double> outcomes,
                         std::span<const double> cuts);

}  // namespace kokemus::stats
