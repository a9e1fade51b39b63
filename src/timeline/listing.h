#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "question/counts.h"
#include "question/engine.h"
#include "question/question.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// The units themselves, by (start, customer, thread), and of those by place in the timeline; one
/// page of them.
Result<question::EpisodePage> list_episodes(const Timeline& timeline,
                                            const question::Question& question);

/// The encounters of one customer that count, in order; one page of them. A customer without
/// encounters has none.
Result<question::TimelinePage> list_timeline(const Timeline& timeline,
                                             const question::Question& question);

/// See question::Engine::values.
Result<question::Engine::Values> list_values(const Timeline& timeline, const question::Field& field,
                                             const question::Question& question, std::size_t limit);

}  // namespace kokemus::timeline
