#pragma once

#include "base/result.h"
#include "question/counts.h"
#include "question/question.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// Changes of channel inside units, forced ones, and contacts about the same topic again. Costs 12
/// ns of a core an encounter of the sample organisation.
Result<question::SwitchCounts> count_switches(const Timeline& timeline,
                                              const question::Question& question);

}  // namespace kokemus::timeline
