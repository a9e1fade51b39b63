#pragma once

#include <optional>

#include "stats/confidence.h"
#include "stats/difference.h"
#include "stats/estimate.h"
#include "stats/moments.h"

namespace kokemus::stats {

/// Where the values of a mean can lie: from `low` to `high`, `levels` of them, evenly spaced.
struct Range {
    double low = 0;
    double high = 1;
    int levels = 7;
};

/// Mean and standard deviation of a mean as known from few answers: see mean_posterior.
struct Posterior {
    double mean = 0;
    double deviation = 0;
};

/// What few answers say of the mean, with half an answer added at each level: the posterior under a
/// Dirichlet(1/2, ..., 1/2) prior on the levels, mean sum(a_i x_i) / A and variance
/// (sum(a_i x_i^2) / A - mean^2) / (A + 1), A the sum of the a_i. Needs the moments only, so values
/// between the levels do no harm. More than 11 levels count as 11, lest the prior drown the
/// answers.
Posterior mean_posterior(const Moments& values, const Range& range);

/// The interval of a mean, never leaving the range and holding the mean.
///
/// n >= 30 and not all equal: Student's t, cut at the range's ends; method "t".
/// Else: the quantiles of the Beta distribution on the range that has the mean and deviation of
/// mean_posterior (with two levels that is the posterior itself), widened to hold the mean; method
/// "dirichlet". Plain t with few answers leaves the scale or claims too much.
/// Without values the whole range and `enough` false; `enough` is true otherwise.
Estimate mean_estimate(const Moments& values, const Range& range,
                       double confidence = usual_confidence);

/// Difference of the means of two independent groups with unequal variances (Welch 1947,
/// Biometrika 34, 28-35); degrees of freedom by Satterthwaite. Nothing when either group has fewer
/// than two values or both are constant.
std::optional<Difference> welch(const Moments& first, const Moments& second,
                                double confidence = usual_confidence);

}  // namespace kokemus::stats
