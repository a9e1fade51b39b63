#pragma once

#include "base/result.h"
#include "question/counts.h"
#include "question/question.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// How far the units get along ordered steps (see WindowFunnel). Costs 3 ns of a core an encounter
/// of the sample organisation for four steps; the more of them are at a step, the more.
Result<question::FunnelCounts> count_funnel(const Timeline& timeline,
                                            const question::Question& question);

}  // namespace kokemus::timeline
