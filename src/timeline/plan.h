#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "question/question.h"
#include "timeline/clock_reach.h"
#include "timeline/predicate.h"
#include "timeline/timeline.h"
#include "timeline/unit_former.h"

namespace kokemus::timeline {

/// A question made ready for one part: which units there are and which of their encounters count.
struct PartPlan {
    const Part& part;
    UnitFormer units;
    PredicatePtr where;  ///< nullptr: every encounter counts
    /// Of units; nullptr: every unit. Judged on the encounters that `where` leaves.
    PredicatePtr having;
};

/// A question made ready for every part of a timeline, which must outlive it. Const and thread
/// safe.
struct Plan {
    const Timeline& timeline;
    std::vector<PartPlan> parts;  ///< as those of the timeline
    std::string question;         ///< in its canonical spelling, where the timeline keeps tallies
    ClockReach reach;             ///< of what its filter leaves

    /// Fails as the compiled parts do: an unknown journey, a field that is not there.
    static Result<Plan> make(const Timeline& timeline, const question::Question& question);
    static Result<Plan> make(const Timeline& timeline, const question::Question& question,
                             const question::Unit& per);

    /// Nothing is left out.
    bool takes_everything() const;

    /// Whether the range leaves nothing out.
    bool takes_all_times() const;
};

}  // namespace kokemus::timeline
