#pragma once

#include <algorithm>
#include <cstdint>

#include "blueprint/blueprint.h"
#include "question/filter.h"
#include "question/question.h"
#include "timeline/part.h"

namespace kokemus::timeline {

/// For how long the mere passing of time can change what a question counts of a customer: whether a
/// promise is broken yet, an episode abandoned, the time for a repeat over. After that only the
/// customer's own news can.
struct ClockReach {
    /// Milliseconds after the last encounter, and after the last contact; negative: never.
    std::int64_t after_last = -1;
    std::int64_t after_contact = -1;
    bool promises = false;  ///< until no promise is open any more

    bool stands_still() const { return after_last < 0 && after_contact < 0 && !promises; }

    void add(const ClockReach& other) {
        after_last = std::max(after_last, other.after_last);
        after_contact = std::max(after_contact, other.after_contact);
        promises = promises || other.promises;
    }
};

/// Of the statuses of the episodes of these units.
ClockReach reach_of_statuses(const blueprint::Blueprint& blueprint, const question::Unit& per);

/// Of a filter judged on these units; null: none.
ClockReach reach_of(const question::ConditionPtr& condition, const blueprint::Blueprint& blueprint,
                    const question::Unit& per);

/// `gone` and the customers of the part whom the clock still reaches at `now`: 2 ns a customer, 3 a
/// promise.
RowSet with_restless(const RowSet& gone, const Part& part, const ClockReach& reach,
                     std::int64_t now);

}  // namespace kokemus::timeline
