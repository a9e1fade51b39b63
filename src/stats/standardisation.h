#pragma once

#include <span>

#include "stats/confidence.h"
#include "stats/estimate.h"

namespace kokemus::stats {

/// So many of a unit's cases are of one kind, which has this share everywhere.
struct CaseMix {
    double n = 0;
    double share = 0;
};

/// What a unit would show if it did as well as everybody, with the cases that it has.
struct Expected {
    double n = 0;
    double events = 0;    ///< sum of n_k p_k
    double variance = 0;  ///< sum of n_k p_k (1 - p_k)
};

Expected expected_of(std::span<const CaseMix> cases);

/// Indirect standardisation (as of mortality: Breslow and Day 1987, volume II, chapter 2): what was
/// observed over what the unit's own mix of cases makes one expect.
struct Standardised {
    double ratio = 0;         ///< observed / expected
    Interval ratio_interval;  ///< from observed +- z sqrt(variance); never below 0
    double share = 0;         ///< ratio times the overall share, not above 1
    double z = 0;             ///< of the difference from expectation; for a funnel_plot
    bool enough = false;      ///< false, and all else 0, when nothing is expected
};

/// `overall` is the share of all units together.
Standardised standardise(double observed, const Expected& expected, double overall,
                         double confidence = usual_confidence);

}  // namespace kokemus::stats
