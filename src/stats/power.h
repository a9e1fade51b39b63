#pragma once

#include "stats/confidence.h"

/// How many are needed before a difference of two groups can be seen, and the least difference that
/// those there are can show. Two-sided, by the normal distribution (Cohen 1988, ch. 2 and 6; Fleiss
/// 1981, ch. 3 for shares). Numbers are not rounded: round up.
namespace kokemus::stats {

/// What a comparison is asked to do.
struct Demand {
    double confidence = usual_confidence;
    double power = 0.8;           ///< chance to see a difference that is there
    double second_per_first = 1;  ///< size of the second group as a multiple of the first

    friend bool operator==(const Demand&, const Demand&) = default;
};

/// (z of the confidence + z of the power)^2: 7.848880 for 0.95 and 0.8.
double power_factor(const Demand& demand);

/// Size of the first group that shows `difference` where one answer has this variance: of a mean
/// sigma^2, of a Net Promoter Score p + d - (p - d)^2 with the difference as a fraction. Less what
/// was known before explains (times 1 - correlation^2), times the design effect where many answers
/// come from one unit. Infinite when there is no difference to see.
double needed_for_mean(double variance, double difference, const Demand& demand = {});

/// Size of the first group that shows the difference of two shares: pooled under "no difference",
/// each with its own variance under "there is one".
double needed_for_shares(double first, double second, const Demand& demand = {});

/// The least difference that groups of these sizes show. Infinite when one is empty.
double detectable_difference(double variance, double first_n, double second_n,
                             const Demand& demand = {});

/// The chance that groups of these sizes show this difference (either sign, as it should be); the
/// demand's own power is not looked at. 0 when one is empty.
double power_of_mean(double variance, double difference, double first_n, double second_n,
                     double confidence = usual_confidence);

/// 1 + (m - 1) ICC: how many times more answers are needed when m of them come from one cluster
/// and correlate so (Kish 1965). Never below 1.
double design_effect(double answers_per_cluster, double intraclass_correlation);

}  // namespace kokemus::stats
