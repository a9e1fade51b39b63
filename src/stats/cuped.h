#pragma once

#include <optional>

#include "stats/confidence.h"
#include "stats/difference.h"
#include "stats/paired_moments.h"

/// Less noise in a comparison from what was known of each subject before it began (Deng, Xu, Kohavi
/// and Walker 2013, WSDM, 123-132): y - theta (x - mean(x)) has the mean of y and the variance of y
/// times 1 - correlation^2. `x` must have been measured before, or it takes away what is looked
/// for.
namespace kokemus::stats {

/// cov(x, y) / var(x); 0 when x does not vary, which changes nothing.
double cuped_theta(const PairedMoments& before_and_after);

/// The moments of y - theta (x - centre).
Moments cuped_adjusted(const PairedMoments& before_and_after, double theta, double centre);

struct CupedDifference {
    Difference difference;
    double theta = 0;  ///< from both groups, within each: the effect itself has no part in it
    double variance_left = 1;  ///< of the pooled variance of y, the share that is left
};

/// First less second of y, both adjusted with one theta, by Welch (mean.h). Nothing where Welch
/// says nothing.
std::optional<CupedDifference> cuped_difference(const PairedMoments& first,
                                                const PairedMoments& second,
                                                double confidence = usual_confidence);

}  // namespace kokemus::stats
