#pragma once

#include <cstdint>

#include "stats/confidence.h"
#include "stats/difference.h"
#include "stats/kaplan_meier.h"

namespace kokemus::stats {

struct RestrictedMean {
    double mean = 0;
    double standard_error = 0;
    /// Normal, cut at 0 and at the time asked for. The whole of it without subjects, and where
    /// nobody or everybody at once gave no error: agreement of all is not certainty.
    Interval interval;
    std::uint64_t subjects = 0;
    bool reached = false;  ///< as Survival: when false the curve ends before and is drawn on level
};

/// The time without it that a subject has on average within `until`: the area below the curve of
/// Kaplan and Meier, with its standard error (Meier 1975; Royston and Parmar 2013, BMC Medical
/// Research Methodology 13:152). Says in days what a hazard ratio says in riddles. `until` > 0.
RestrictedMean restricted_mean(const FollowUp& follow_up, std::int64_t until,
                               double confidence = usual_confidence);

/// First less second of two independent groups. p = 1 where neither has an error.
Difference restricted_mean_difference(const FollowUp& first, const FollowUp& second,
                                      std::int64_t until, double confidence = usual_confidence);

}  // namespace kokemus::stats
