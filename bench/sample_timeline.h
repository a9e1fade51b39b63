#pragma once

#include <cstdint>
#include <memory>

#include "base/result.h"
#include "sample/world.h"
#include "timeline/timeline.h"

namespace kokemus::bench {

/// The sample organisation's world that has about so many encounters. Always of the same days, so
/// that two runs measure the same.
sample::Options world_of(std::uint64_t encounters);

/// The sample organisation's blueprint.
std::shared_ptr<const blueprint::Blueprint> sample_blueprint();

/// A timeline of the sample organisation without a ledger, and what making it took.
struct SampleTimeline {
    std::shared_ptr<const timeline::Timeline> timeline;
    double add_seconds = 0;     ///< making encounters and adding them, side by side
    double finish_seconds = 0;  ///< sorting, coding, indexing
};

Result<SampleTimeline> make_sample_timeline(std::uint64_t encounters);

}  // namespace kokemus::bench
