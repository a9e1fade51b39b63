#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "blueprint/blueprint.h"
#include "encounter/encounter.h"
#include "question/filter.h"

namespace kokemus::promise {

/// What became of one promise made to one customer.
struct Outcome {
    std::string promise;
    std::size_t made_at = 0;  ///< index of the encounter that made it
    Instant due{};
    question::PromiseOutcome outcome = question::PromiseOutcome::Open;
    std::optional<Instant> kept_at;
};

/// Judges every promise that one customer's encounters make, by the rules of DESIGN section 6: each
/// due is a promise of its own, kept by the first later encounter at a `kept` touchpoint
/// (of the same thread, when the making one has a thread), late when that was after the due time,
/// broken when the due time has passed at `now` without it, at risk when it is open and due within
/// `at_risk` (a day, unless declared).
///
/// `encounters` are all of one customer, in their total order. Outcomes come in the order in which
/// they were made, those of one encounter as the blueprint has them. Dues of promises that
/// the blueprint does not know are not judged. Cost: encounters times promises made.
std::vector<Outcome> judge(std::span<const encounter::Encounter* const> encounters,
                           const blueprint::Blueprint& blueprint, Instant now);

/// "kept", "late", "broken", "open", "at_risk"
std::string_view outcome_name(question::PromiseOutcome outcome);

}  // namespace kokemus::promise
