#pragma once

#include <optional>
#include <span>
#include <vector>

#include "stats/confidence.h"
#include "stats/estimate.h"
#include "stats/moments.h"

namespace kokemus::stats {

/// How alike the answers of one unit are, against those of different units.
struct Consistency {
    double between_squares = 0;   ///< mean square between units
    double within_squares = 0;    ///< mean square within units; its root is the usual spread
    double between_variance = 0;  ///< of the units' true means; never below 0
    double icc = 0;         ///< ICC(1): 1 when a unit is always the same, 0 or less when units
                            ///< do not differ
    Interval icc_interval;  ///< exact when the units are of one size, else with their mean size
};

/// One-way random effects (Shrout and Fleiss 1979, Psychological Bulletin 86, 420-428) of the
/// answers of each unit. With units of different sizes n is Donner's (1986) mean size. Nothing with
/// fewer than two units that have answers, without a unit that has two, or when nothing varies.
std::optional<Consistency> consistency(std::span<const Moments> units,
                                       double confidence = usual_confidence);

/// Whether some units vary more within themselves than others.
struct SpreadTest {
    double f = 0;
    double freedom_above = 0;
    double freedom_below = 0;
    double p_value = 1;
};

/// Brown and Forsythe 1974 (JASA 69, 364-367): the analysis of variance of the distances to the
/// unit's median; holds for skewed answers too. Nothing with fewer than two units that have
/// answers, or when no distance varies within a unit.
std::optional<SpreadTest> brown_forsythe(std::span<const std::vector<double>> units);

}  // namespace kokemus::stats
