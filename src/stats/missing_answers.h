#pragma once

#include "stats/estimate.h"

namespace kokemus::stats {

/// The mean of all if those who did not answer would on average have said `delta` more than those
/// who did: rate * mean + (1 - rate) (mean + delta). No method can tell delta; show a few, always.
double mean_if_silent_differ(double rate, double mean, double delta);

/// All that the answers allow when nothing is assumed of those who did not answer: they could all
/// have said `scale.low`, or all `scale.high` (Manski 1990, American Economic Review 80, 319-323).
Interval bounds_of_mean(double rate, double mean, const Interval& scale);

}  // namespace kokemus::stats
