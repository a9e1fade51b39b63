#pragma once

#include <optional>
#include <span>

#include "timeline/part.h"

namespace kokemus::timeline {

/// The mean of a unit's scores on the experience scale; nothing without a score on a scale of the
/// blueprint.
inline std::optional<Fixed> experience_of(const Part& part, std::span<const Row> unit) {
    Fixed sum = 0;
    Fixed scores = 0;
    for (const Row row : unit) {
        const auto* answer = part.answer.at(row);
        if (answer != nullptr && answer->placed) {
            sum += answer->experience;
            ++scores;
        }
    }
    if (scores == 0) {
        return std::nullopt;
    }
    return sum / scores;
}

}  // namespace kokemus::timeline
