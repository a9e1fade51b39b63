#pragma once

#include "base/result.h"
#include "question/counts.h"
#include "question/question.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// The directly-follows graph of the units, with START and END.
Result<question::FlowCounts> count_flow(const Timeline& timeline,
                                        const question::Question& question);

}  // namespace kokemus::timeline
