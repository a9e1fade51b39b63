#pragma once

#include <optional>
#include <set>
#include <string>

#include "blueprint/blueprint.h"
#include "question/factor.h"
#include "question/question.h"

namespace kokemus::driver {

/// What a factor or an outcome looks at.
struct Sources {
    std::set<std::string> touchpoints;
    std::set<std::string> promises;
    bool any_promise = false;
    bool answers = false;       ///< scores that were given
    bool status = false;        ///< whether the episode was completed
    bool switches = false;      ///< changes of channel
    bool repeats = false;       ///< contacts made again
    bool of_whole_unit = true;  ///< else read at encounters (question/unit_table.h)
};

Sources sources_of(const question::Factor& factor, const question::Unit& per,
                   const blueprint::Blueprint& blueprint);

/// Why a factor is likely to know the outcome, in words: both look at the same, so that it would
/// only say the outcome again (leakage). Nothing when they look elsewhere.
std::optional<std::string> knows(const Sources& factor, const Sources& outcome);

}  // namespace kokemus::driver
