#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include "base/instant.h"
#include "timeline/part.h"

namespace kokemus::timeline {

inline constexpr Milliseconds forced_switch_within = std::chrono::hours(24);

/// Finds the places of a block where an encounter with a human follows one with a machine soon
/// enough to be a forced switch; whether it is one, Part::is_forced says. Keeps its buffers from
/// block to block; for one thread.
class ForcedSwitches {
public:
    explicit ForcedSwitches(const Shared& shared);

    /// A bit for every place, set at those and never at the first of a unit. Holds until the next
    /// call. By place: the channel, and the bucket (stats::LogHistogram) of the time since the
    /// encounter before. 0.2 ns an encounter and 0.02 more for each channel that is of a machine or
    /// a human.
    template <typename Width>
    std::span<const std::uint64_t> find(const Width* channels, const std::uint16_t* buckets,
                                        std::span<const std::uint32_t> offsets);

private:
    std::vector<Code> machines_, humans_;            ///< channels
    std::vector<std::uint8_t> machine_, candidate_;  ///< by place
    std::vector<std::uint64_t> bits_;
};

}  // namespace kokemus::timeline
