#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "reference.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {
class LiveTimeline;
class PartTallies;
}  // namespace kokemus::timeline

namespace kokemus::reference {

/// A timeline of everything in the world, spread over so many parts.
std::shared_ptr<const timeline::Timeline> timeline_of(const World& world, std::size_t parts = 1);

/// A live timeline that begins with nothing, over the world's blueprint; it reads the world where
/// times are equal, which must outlive it. It keeps no tallies where none are given.
std::unique_ptr<timeline::LiveTimeline> live_timeline_of(
    const World& world, std::span<const ledger::Entry> start, std::size_t parts,
    std::shared_ptr<timeline::PartTallies> tallies = nullptr);

}  // namespace kokemus::reference
