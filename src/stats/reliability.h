#pragma once

#include <cstdint>

namespace kokemus::stats {

/// Below this nobody should be compared as a person: what is measured is chance.
inline constexpr double reliability_needed = 0.8;

/// How much of what n answers show of a unit is the unit and not chance: between / (between +
/// within / n), the squared correlation with the truth (Spearman 1910, Brown 1910). `between` is
/// the variance of the units' true values, `within` that of one answer around its unit's. 0 for
/// n = 0 or when the units do not differ.
double reliability(double n, double between, double within);

/// Answers that a unit needs to reach this reliability, not rounded; infinity when the units do not
/// differ, or for a reliability of 1.
double answers_for_reliability(double target, double between, double within);

/// The variance of one yes-or-no answer around its unit's share, when the shares have this mean and
/// this variance: mean (1 - mean) - between; never below 0.
double within_variance_of_shares(double mean, double between);

/// Probability that a unit whose true share is `share` shows at least `line` with n answers,
/// exactly binomial: what a bonus line pays to chance. 1 for n = 0 only when the line is 0 or less.
double chance_of_reaching(double line, std::uint64_t n, double share);

/// The share that shows when those for whom it holds are asked with one probability and the others
/// with another: what asking happy customers only does to a score.
double share_when_selected(double share, double asked_if_so, double asked_if_not);

}  // namespace kokemus::stats
