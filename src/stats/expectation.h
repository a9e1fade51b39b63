#pragma once

#include <optional>
#include <span>
#include <vector>

namespace kokemus::stats {

/// One step of somebody who learns from what comes: what was expected, how far what came was above
/// it, and what is expected from now on.
struct Expectation {
    double before = 0;
    double disconfirmation = 0;  ///< came - before
    double after = 0;            ///< before + pace * disconfirmation
};

/// Expectations that move towards what came (Boulding, Kalra, Staelin and Zeithaml 1993, Journal of
/// Marketing Research 30, 7-27). `pace` lies in 0..1: 0 never learns, 1 expects what came last.
std::vector<Expectation> expectations(double start, double pace, std::span<const double> came);

/// The pace at which expectations that were asked for again and again followed what came: least
/// squares of after - before on came - before, held in 0..1. Nothing when nothing disconfirmed.
std::optional<double> expectation_pace(std::span<const Expectation> asked);

/// What a gain or loss of this size feels like: x^0.88, and -2.25 (-x)^0.88 below 0 (Tversky and
/// Kahneman 1992, Journal of Risk and Uncertainty 5, 297-323).
double felt_value(double gain);

}  // namespace kokemus::stats
