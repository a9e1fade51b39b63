#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/instant.h"
#include "question/filter.h"
#include "question/given_promises.h"
#include "stats/asymmetry.h"
#include "stats/confidence.h"
#include "stats/estimate.h"

/// What it costs to be late and what it brings to be early, and what may be promised.
namespace kokemus::promise {

/// What came after promises that ended alike. The customer is the unit of both intervals.
struct Afterwards {
    std::uint64_t promises = 0;
    stats::Estimate experience;  ///< of the units that hold them, -3..+3; n those with a score
    stats::Estimate contacted;   ///< share whose customer made contact in the week after the due
};

/// Those that ended worse less those that were kept: from the intervals of both as if they were of
/// different customers, which is wider than needed where the same customers are in both.
struct Cost {
    bool enough = false;
    double estimate = 0;
    stats::Interval interval;

    bool beyond_chance() const { return enough && (interval.low > 0 || interval.high < 0); }
};

/// Promises kept with a slack in [from, to) seconds; absent at the open ends. Negative is late.
struct Dose {
    std::optional<std::int64_t> from, to;
    std::uint64_t promises = 0;
    stats::Estimate experience;
};

/// What may be promised so that `share` of the cases keep it.
struct MayPromise {
    double share = 0;
    std::optional<Milliseconds> time;  ///< from the giving; none: too few, or some were never kept
    std::uint64_t needed = 0;          ///< cases, before anything may be promised
};

/// What came after each end.
struct Ends {
    Afterwards kept, late, broken;
    Cost late_experience, broken_experience;  ///< less those kept
    Cost late_contacted, broken_contacted;
};

struct Lateness {
    Ends ends;
    std::vector<Dose> doses;  ///< ascending; the bins of question::slack_edges that have any
    /// Experience over slack in days, a slope for early and one for late, clustered by customer;
    /// nothing unless on both sides one in ten is a day away from the due
    std::optional<stats::TwoSlopes> slopes;
    std::uint64_t cases = 0;  ///< old enough to say how long they took, kept or not
    std::vector<MayPromise> may_promise;
};

/// Shares for which a promise is weighed.
inline constexpr double promise_shares[] = {0.8, 0.9, 0.95};

Ends ends_of(const question::GivenPromises& given, double confidence = stats::usual_confidence);

/// Of the promises whose end is known. How long they took is read from those given at least as long
/// before now as 95 % of them had time for, so that the quick of late do not count for all; those
/// never kept count as longer than any. n log n.
Lateness lateness(const question::GivenPromises& given,
                  double confidence = stats::usual_confidence);

}  // namespace kokemus::promise
