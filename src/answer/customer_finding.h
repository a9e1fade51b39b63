#pragma once

#include <optional>
#include <span>
#include <string>

#include "answer/answer.h"
#include "promise/outcome.h"

namespace kokemus::answer {

/// What one customer said last, moved to -3..+3.
struct LastSaid {
    double experience = 0;
    std::string touchpoint;
    Instant time{};
};

/// The sentence of a customer's page: what is still owed to them, else how their promises went,
/// else how much is known; and what they said last. These are facts of one person, counted and not
/// estimated, so there are no intervals.
Finding find(std::span<const promise::Outcome> outcomes, const std::optional<LastSaid>& last_said,
             std::uint64_t encounters);

}  // namespace kokemus::answer
