#pragma once

#include "stats/confidence.h"
#include "stats/estimate.h"
#include "stats/mean.h"
#include "stats/moments.h"
#include "stats/ratio.h"

namespace kokemus::stats {

/// What answers are worth when customers give several: the number of answers of different customers
/// that would leave the same error. `by_customer` has for each customer the sum and the number of
/// his answers. Never above the answers, and never below the customers' n_eff of 1; 0 without
/// answers, the number of customers when nothing varies.
double effective_answers_by_customer(const Moments& answers, const RatioSums& by_customer);

/// The interval of a mean when customers answer often (Kish 1965, 5.4: the ratio of sums over
/// customers; errors by the delta method with the customer as the unit): like mean_estimate, never
/// leaving the range, with the effective number of answers in place of their number. `n` of the
/// result is the answers. Method "t-customers" with 30 customers or more, else
/// "dirichlet-customers". With fewer than two customers nothing can be told of customers: the whole
/// range, `enough` false.
Estimate clustered_mean(const Moments& answers, const RatioSums& by_customer, const Range& range,
                        double confidence = usual_confidence);

}  // namespace kokemus::stats
