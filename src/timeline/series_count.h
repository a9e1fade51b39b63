#pragma once

#include "base/result.h"
#include "question/counts.h"
#include "question/question.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// What a metric needs, per day, week or month of the blueprint's time zone. Costs 2.3 to 2.5 ns of
/// a core an encounter of the sample organisation, of that 0.6 for finding the period; months 0.5
/// more.
///
/// A group (here and below) is counted as if only its encounters counted: an encounter, its score,
/// the promises it makes and the contact it is stand in the group of that encounter; a unit is
/// exposed in every group that it has an encounter in. Episodes complete in the period of their
/// first encounter that counts.
Result<question::SeriesCounts> count_trend(const Timeline& timeline,
                                           const question::Question& question);

/// What a metric needs, per value of a text field. Episodes complete in every group they have an
/// encounter in. Costs 1.5 to 1.7 ns of a core an encounter of the sample organisation.
Result<question::SeriesCounts> count_breakdown(const Timeline& timeline,
                                               const question::Question& question);

}  // namespace kokemus::timeline
