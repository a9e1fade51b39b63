#pragma once

#include "stats/confidence.h"

/// A test that may be looked at after every answer: the mixture sequential probability ratio test
/// (Robbins 1970; Johari, Koomen, Pekelis and Walsh 2022, Operations Research 70, 1806-1821). For
/// the difference of two groups with a variance that is known well. Where the variance is only
/// estimated, or weights and adjustments are in play, take confidence_sequence.h.
///
/// The effect, if there is one, is mixed over N(0, mixing): the square of the effect that one would
/// care about is a good choice of `mixing`.
namespace kokemus::stats {

/// How much likelier the difference is under the mixture than under "none":
/// sqrt(V / (V + mixing)) exp(mixing d^2 / (2 V (V + mixing))), V the variance of d. 1 when the
/// variance or the mixing is not above 0.
double mixture_ratio(double difference, double variance, double mixing);

/// Half of the width of the interval around the difference that holds at every look:
/// sqrt(2 V (V + mixing) / mixing ln(sqrt((V + mixing) / V) / alpha)). Infinite when the variance
/// or the mixing is not above 0.
double mixture_half_width(double variance, double mixing, double confidence = usual_confidence);

/// The looks so far.
class SequentialRatio {
public:
    explicit SequentialRatio(double mixing) : mixing_(mixing) {}

    /// Looks at a difference and its variance (2 sigma^2 / n for two groups of n).
    void look(double difference, double variance);

    /// Valid whenever one stops: min(1, 1 / the greatest ratio so far). Never rises.
    double p_value() const;

private:
    double mixing_;
    double greatest_ratio_ = 1;
};

}  // namespace kokemus::stats
