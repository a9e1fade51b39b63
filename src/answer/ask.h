#pragma once

#include <cstddef>

#include "answer/answer.h"
#include "base/instant.h"
#include "base/result.h"
#include "blueprint/blueprint.h"
#include "question/engine.h"
#include "question/question.h"

namespace kokemus::answer {

/// Values of `by` that get a group of their own; the others are counted in `other_values`.
inline constexpr std::size_t by_values_max = 20;

/// Answers a question: the engine counts, metric, promise and stats estimate, a rule per kind
/// chooses the finding. Equal counts give equal answers. Fails as the engine fails, and with
/// NotFound for a metric that the blueprint does not have. Thread safe.
///
/// `known_until` is the ledger's latest time: periods of a trend that end after it are incomplete.
Result<Answer> answer(const question::Question& question, const question::Engine& engine,
                      const blueprint::Blueprint& blueprint, Instant known_until);

}  // namespace kokemus::answer
