#pragma once

#include <string>

#include "answer/build.h"
#include "base/instant.h"
#include "metric/definition.h"

/// From numbers of a metric to the units that have part in them.
namespace kokemus::answer {

/// The metric that was asked for; NotFound when the blueprint names none so.
Result<metric::Definition> metric_of(const Asked& asked);

/// The units that have part in the metric at all.
std::string drill_total(const Asked& asked, const metric::Definition& definition);

/// Those that have it in a period: scores, contacts and promises lie in that of their encounter,
/// episodes in the one they begin in.
std::string drill_point(const Asked& asked, const metric::Definition& definition,
                        const TimeRange& period);

/// Those that have it by an encounter with this value of the question's field.
std::string drill_group(const Asked& asked, const metric::Definition& definition,
                        std::string value);

}  // namespace kokemus::answer
