#pragma once

#include <span>
#include <vector>

namespace kokemus::stats {

/// Many comparisons in one view: the p-values adjusted so that of those at or below q, at most the
/// share q are expected to be mere chance (Benjamini and Hochberg 1995, JRSS B 57, 289-300). In the
/// order given; the smallest q at which each would be called a finding. Holds for independent
/// p-values and for those that rise together. What is not a number in 0..1 counts as 1, since it
/// found nothing, yet was looked at.
std::vector<double> false_discovery_adjusted(std::span<const double> p_values);

}  // namespace kokemus::stats
