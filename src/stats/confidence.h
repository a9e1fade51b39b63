#pragma once

namespace kokemus::stats {

/// How often an interval holds the truth, where nothing else is asked for.
inline constexpr double usual_confidence = 0.95;

/// The standard normal quantile z with `confidence` between -z and +z: 1.959963984540054 for 0.95.
/// `confidence` lies in (0, 1); anything else is moved to the nearest usable value.
double two_sided_z(double confidence);

/// The z with `confidence` below +z: 1.644853626951472 for 0.95.
double one_sided_z(double confidence);

/// As two_sided_z of Student's t with `freedom` degrees of freedom (not whole ones too); more than
/// 0.
double two_sided_t(double confidence, double freedom);

/// Probability of a value at least as far from 0 as `z`, either side.
double two_sided_p(double z);

/// The same of Student's t.
double two_sided_p(double t, double freedom);

/// Probability of a standard normal value at or below `z`.
double normal_below(double z);

/// Probability of a value at or above `statistic` (at least 0) of chi-squared with this many
/// degrees of freedom, and of F with so many above and below the line. 1 for what is below 0.
double chi_squared_above(double statistic, double freedom);
double f_above(double statistic, double freedom_above, double freedom_below);

}  // namespace kokemus::stats
