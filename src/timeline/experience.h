#pragma once

#include <optional>
#include <span>

#include "timeline/timeline.h"

namespace kokemus::timeline {

/// The mean of a unit's scores on the experience scale; nothing without a score on a scale of the
/// blueprint.
inline std::optional<Fixed> experience_of(const Timeline& timeline, std::span<const Row> unit) {
    Fixed sum = 0;
    Fixed scores = 0;
    for (const Row row : unit) {
        const auto* answer = timeline.answer.at(row);
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
