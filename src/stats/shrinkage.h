#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "stats/confidence.h"
#include "stats/estimate.h"

namespace kokemus::stats {

/// What was measured of one unit, and the variance of the error it was measured with (s^2 / n, s^2
/// preferably pooled over the units).
struct Measured {
    double estimate = 0;
    double variance = 0;  ///< above 0
};

/// Ways to say how much the units themselves vary. With fewer than ten units they may differ by a
/// factor of five: show that.
enum class BetweenVariance {
    PauleMandel,        ///< Paule and Mandel 1982; the usual one here
    DerSimonianLaird,   ///< DerSimonian and Laird 1986
    RestrictedMaximum,  ///< restricted maximum likelihood
};

/// The variance between the units' true values, never below 0. 0 says: no evidence that the units
/// differ. 0 for fewer than two units.
double between_variance(std::span<const Measured> units, BetweenVariance method);

/// What is believed of a unit's true value once all units are known: normal.
struct Shrunken {
    double estimate = 0;
    double deviation = 0;
    double weight = 0;  ///< of the unit's own measurement, 0..1; the rest has the mean of all
    double above = 0;   ///< probability that the unit is above the mean of all

    /// The value that it exceeds with this probability: the key to sort a league by.
    double lower(double probability = usual_confidence) const;
    Interval interval(double confidence = usual_confidence) const;
};

struct Shrinkage {
    double mean = 0;  ///< of all units, the precise and the few weighted as they deserve
    double mean_deviation = 0;
    double between_variance = 0;
    double q = 0;          ///< Cochran's; about units - 1 when the units do not differ
    double i_squared = 0;  ///< share of the measured variation that is not chance
    double p_value = 1;    ///< of q: how often chance alone gives as much
    std::vector<Shrunken> units;
};

/// Estimates of many units drawn together (normal-normal empirical Bayes: Efron and Morris 1975,
/// JASA 70, 311-319; Morris 1983, JASA 78, 47-55): few answers move a unit towards the mean of all,
/// so that a league is not led by its smallest members. `between` comes from between_variance. The
/// units must be comparable: adjust for their mix of cases first. For estimation, not for finding
/// one bad outlier; that is what funnel_plot is for. Without units everything is 0.
Shrinkage shrink(std::span<const Measured> units, double between);

/// Probability that the true value of the first is above that of the second.
double probability_above(const Shrunken& first, const Shrunken& second);

/// Runs of units that cannot be told apart, each from its best to its worst, by index into
/// `units`; the best run first. Two units that share no run are told apart: one is above the other
/// with probability `confidence` or more. (Goldstein and Spiegelhalter 1996, JRSS A 159, 385-443:
/// why a league without this misleads.)
std::vector<std::vector<std::size_t>> inseparable(std::span<const Shrunken> units,
                                                  double confidence = usual_confidence);

}  // namespace kokemus::stats
