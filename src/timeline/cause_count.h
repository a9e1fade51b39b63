#pragma once

#include "base/result.h"
#include "question/counts.h"
#include "question/question.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// What comes before contacts (question::CauseCounts), in one pass over what
/// the question leaves of each unit; nothing beyond is looked at, so an
/// encounter outside of a range neither follows nor precedes. "Before" and
/// "after" are by the order of the timeline; at equal times too.
///
/// A window of a unit's encounters moves along it, with a counter per
/// touchpoint: an encounter costs some nanoseconds, a contact as many again for
/// each touchpoint in the two windows before it.
Result<question::CauseCounts> count_causes(const Timeline& timeline,
                                           const question::Question& question);

}  // namespace kokemus::timeline
