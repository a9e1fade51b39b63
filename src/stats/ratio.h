#pragma once

#include <cstdint>

#include "stats/confidence.h"
#include "stats/estimate.h"

namespace kokemus::stats {

/// Sums over customers of a (contacts, cost) and b (orders, exposure): all that a ratio needs.
struct RatioSums {
    std::uint64_t customers = 0;
    double a = 0, b = 0;            ///< sums
    double aa = 0, ab = 0, bb = 0;  ///< sums of products

    void add(double a_of_customer, double b_of_customer);
    void merge(const RatioSums& other);
};

/// sqrt((s_aa - 2 R s_ab + R^2 s_bb) / (n mean(b)^2)), R = sum(a) / sum(b): the delta method with
/// the customer as the unit, because one customer's contacts are not independent (Deng, Knoblich
/// and Lu 2018, KDD). 0 for fewer than two customers or without exposure.
double ratio_standard_error(const RatioSums& sums);

/// sum(a) / sum(b) of a count a >= 0 with its interval: R +- z SE, cut at 0; method "delta". When
/// the customers do not differ at all (no contact, say) the standard error says 0, which is too
/// good: then the exact interval of a Poisson count over the exposure (Garwood 1936); method
/// "poisson". `enough` is false with fewer than two customers or without exposure.
Estimate ratio_estimate(const RatioSums& sums, double confidence = usual_confidence);

}  // namespace kokemus::stats
