#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "shape/variants.h"

/// What share of an outcome (a sale, a complaint, a loss) would not have come about, had nobody got
/// beyond a step: first-order Markov attribution (Anderl, Becker, von Wangenheim and Schumann 2016,
/// International Journal of Research in Marketing 33, 457-474).
///
/// Taking a step out is not doing something about it, and a step that everybody passes has an
/// effect of 1 and says nothing. It remembers one step only.
namespace kokemus::shape {

struct Ending {
    Variant variant;
    bool reached = false;  ///< the outcome
};

struct RemovalEffects {
    double rate = 0;              ///< of the outcome; by this model always the share of `endings`
    std::vector<double> effects;  ///< by step: 1 - rate without it / rate
    std::vector<double> shares;   ///< effects as shares of their sum, to divide the outcomes by
};

/// Effects are 0 when the outcome never came. O(steps^4): for up to some hundred steps.
RemovalEffects removal_effects(std::span<const Ending> endings);

}  // namespace kokemus::shape
