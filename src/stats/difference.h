#pragma once

#include "stats/estimate.h"

namespace kokemus::stats {

/// First less second, of two independent groups.
struct Difference {
    double estimate = 0;
    Interval interval;
    double standard_error = 0;
    double statistic = 0;  ///< z or t; 0 when the standard error is 0, which cannot tell anything
    double p_value = 1;    ///< two-sided; 1 when it cannot be told

    /// The interval leaves no room for "no difference".
    bool beyond_chance() const { return interval.low > 0 || interval.high < 0; }
};

/// The interval of first - second from the intervals of both, by recovering their variances near
/// the limits that matter (Newcombe 1998, method 10; for any parameter: Zou and Donner 2008,
/// Statistics in Medicine 27, 1693-1702). The two must be independent and of one confidence.
Interval square_and_add(double first, const Interval& of_first, double second,
                        const Interval& of_second);

}  // namespace kokemus::stats
