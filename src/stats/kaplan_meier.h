#pragma once

#include <cstdint>
#include <map>

#include "stats/confidence.h"
#include "stats/estimate.h"

namespace kokemus::stats {

/// Times at which something happened to the subjects, or at which they were last seen without it.
struct FollowUp {
    std::uint64_t subjects = 0;  ///< all; those in neither map were seen to the end
    std::map<std::int64_t, std::uint64_t> events;    ///< time -> how many
    std::map<std::int64_t, std::uint64_t> censored;  ///< time last seen -> how many
};

struct Survival {
    double survival = 1;
    double standard_error = 0;
    Interval interval{0, 1};
    std::uint64_t subjects = 0;
    /// Somebody was under observation until the time asked for, or nobody is left to be. When false
    /// the curve ends before it and `survival` is its last known value: say "not yet known".
    bool reached = false;
};

/// Share of subjects to whom it has not happened until and including `until` (Kaplan and Meier
/// 1958, JASA 53, 457-481): the product over event times of 1 - d / n, n those at risk. Events
/// come before censorings of the same time.
///
/// Standard error by Greenwood (1926): S sqrt(sum d / (n (n - d))). Interval by Rothman (1978):
/// Wilson's with the n that has this standard error, so it stays inside 0..1 and without censoring
/// is Wilson's. When nothing (or everything) happened, n is those still at risk at the end.
Survival kaplan_meier(const FollowUp& follow_up, std::int64_t until,
                      double confidence = usual_confidence);

}  // namespace kokemus::stats
