#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "blueprint/blueprint.h"
#include "encounter/encounter.h"
#include "encounter/faults.h"
#include "intake/event_map.h"

namespace kokemus::intake {

/// Nothing that is sent happened before: a clock that was never set, or seconds that were divided
/// once too often. One such time would stretch every answer over time to its year.
inline constexpr Instant sent_time_min =
    std::chrono::sys_days(std::chrono::year(1990) / std::chrono::January / 1);

/// By which rules every door looks at what comes, and who seems to send it; empty texts: not known.
/// Everything must outlive the call only.
struct DoorRules {
    const blueprint::Blueprint& blueprint;
    const ExclusionRules& exclusions;
    std::string_view user_agent = {};  ///< of the request
    std::string_view address = {};     ///< the client's
};

/// What keeps an encounter that was sent out of the ledger: what keeps any out
/// (encounter/faults.h), a time before `sent_time_min`, and a score outside of its scale, if the
/// blueprint has that.
std::vector<encounter::Fault> sent_faults(const encounter::Encounter& encounter,
                                          const blueprint::Blueprint& blueprint);

/// A score that its scale does not have. Files are held to this too.
void check_scale(const encounter::Encounter& encounter, const blueprint::Blueprint& blueprint,
                 std::vector<encounter::Fault>& faults);

/// The name of the rule that leaves out what this sender says of this customer; empty: none does.
/// A customer's name that is an e-mail address is looked at as one.
std::string_view excluded_by(const DoorRules& rules, const encounter::CustomerName& customer);

}  // namespace kokemus::intake
