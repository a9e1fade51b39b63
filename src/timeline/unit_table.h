#pragma once

#include "base/result.h"
#include "question/question.h"
#include "question/unit_table.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// See question::Engine::table. Fails for what the blueprint or the timeline does not have.
///
/// One pass: each worker measures the units it meets and keeps their rows. Where there are more
/// rows than wished for, it draws customers by more and more bits of their hash, so that memory is
/// that of the rows wished for on each worker, and the draw is the same whoever met whom.
Result<question::UnitTable> make_unit_table(const Timeline& timeline,
                                            const question::Question& question,
                                            const question::TableWish& wish);

}  // namespace kokemus::timeline
