#pragma once

#include "stats/kaplan_meier.h"

namespace kokemus::stats {

struct LogRank {
    double observed = 0;   ///< events of the first group
    double expected = 0;   ///< of it, were both groups alike
    double statistic = 0;  ///< chi-square, one degree of freedom
    double p_value = 1;
};

/// Whether it happens to two groups at one pace (Mantel 1966; Peto and Peto 1972): at each time of
/// an event those expected in the first group against those seen, with the hypergeometric variance.
/// Looks at all times alike; says nothing of how much (restricted_mean.h does). p = 1 when either
/// group is empty or nothing happens while both are under observation.
LogRank log_rank(const FollowUp& first, const FollowUp& second);

}  // namespace kokemus::stats
