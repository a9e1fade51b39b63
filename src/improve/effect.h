#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "improve/evidence.h"
#include "improve/improvement.h"
#include "stats/estimate.h"

namespace kokemus::improve {

/// Whether something holds that the effect leans on, in words for the reader.
struct Check {
    std::string name;  ///< "sample-ratio", "units", "pre-trend", "placebo", "permutation"...
    bool passed = true;
    std::string words;
};

/// A point of the picture: those with the change and those to compare with, in one week.
struct EffectWeek {
    Instant start{};
    std::optional<double> with;
    std::optional<double> without;
};

/// How much of the metric the change has moved, as one design tells it; in the metric's unit, with
/// the sign of the movement.
struct Effect {
    Design design = Design::BeforeAfter;
    bool enough = false;
    std::string why_not;  ///< when not enough
    double estimate = 0;
    double standard_error = 0;
    stats::Interval interval;       ///< were this the only look
    std::string method;             ///< of the interval: "newcombe", "cuped", "permutation"...
    std::uint64_t n = 0;            ///< what the look counts: customers, weeks of units, weeks
    std::string counted;            ///< the word for them
    std::optional<double> with;     ///< the level of those who got it
    std::optional<double> without;  ///< and of what it is held against
    std::optional<double> p_value;  ///< of a permutation or a placebo test
    std::optional<double> variance_left;  ///< of CUPED: the share of the variance that is left
    std::vector<Check> checks;            ///< one that failed forbids to say "confirmed"
    std::vector<EffectWeek> weeks;

    bool sound() const;
};

/// Those drawn by lot against the others of the lot: the difference of the two groups with the
/// customer as the unit (delta method: one customer's answers are not independent), less what the
/// time before explains (CUPED) where at least 30 customers of each group were there before. The
/// sizes of the groups are held against `share`.
Effect effect_by_lot(const Arms& arms, const Registration& registration);

/// The time after against the time before, of the same population.
Effect effect_before_after(const Arms& arms, const Registration& registration);

/// Units that start at different times: in each week those that have started against those that
/// still wait, each less its own level before the first start (Callaway and Sant'Anna 2021 with the
/// not-yet-treated to compare with, over calendar weeks); error and p by permutation of the starts
/// among the units (Fisher; Roth and Sant'Anna 2023 for the randomised roll-out).
Effect effect_staggered(const Weekly& weekly, const Registration& registration);

/// The change of units that got it less the change of others, by unit; with fewer than 4 and 4
/// units nothing can be confirmed. The weeks before are tested for a trend that had begun already.
Effect effect_of_differences(const Weekly& weekly, const Registration& registration);

/// The line of the weeks before carried on: how far the weeks after lie from it in the middle,
/// which is the mean effect; held against the same at times when nothing was changed.
Effect effect_of_interruption(const Weekly& weekly, const Registration& registration);

/// One unit (or several, taken together) against the mixture of others that followed it before.
Effect effect_against_mixture(const Weekly& weekly, const Registration& registration);

/// The one of these that the design means; not enough when its evidence is not there.
Effect effect_of(Design design, const Evidence& evidence, const Registration& registration);

}  // namespace kokemus::improve
