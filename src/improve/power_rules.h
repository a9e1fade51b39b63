#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "improve/design_rules.h"
#include "improve/effect.h"
#include "improve/observe.h"

/// What an improvement can show at all, from the metric's own history, before anything is promised.
namespace kokemus::improve {

/// How large an effect must be, and how many it takes. Looked at continuously unless it says once.
struct Power {
    Design design = Design::BeforeAfter;
    Grade grade = Grade::Weak;
    std::vector<Feasible> designs;  ///< all of them, each with its reason
    metric::Value level;            ///< of the metric, before the start
    bool known = false;             ///< whether history is enough to tell
    std::string why_not;            ///< when it is not
    double standard_error = 0;      ///< of the effect, at the end
    std::uint64_t planned_n = 0;    ///< what will have been counted by then
    std::string counted;            ///< the word for it
    double detectable_once = 0;  ///< the least effect seen with the power, by one look at the end
    double detectable = 0;       ///< the same when anybody looks at any time
    double to_confirm = 0;       ///< the least effect that is confirmed with the power
    double chance = 0;           ///< to be confirmed, were the effect the expected one
    /// For the expected effect to be confirmed with the power; nothing when no number would do.
    std::optional<std::uint64_t> needed_n;
    std::optional<double> variance_left;  ///< by CUPED

    /// The effect that is expected can be told from nothing.
    bool can_be_seen(const Registration& registration) const;
};

/// The numbers, from the error that `planned_n` of what is counted leave.
void fill_power(Power& power, const Registration& registration, double standard_error,
                std::uint64_t planned_n);

/// The error by the design on what was before: of a lot drawn among those who were there; of other
/// designs by a rehearsal, the design carried out on a time before when nothing was changed.
Result<Power> power_of(const Registration& registration, const Observer& observer);

}  // namespace kokemus::improve
