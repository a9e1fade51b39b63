#pragma once

#include <cstdint>

#include "base/result.h"
#include "ledger/ledger.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// Reads the ledger up to `last_number` and holds it against the timeline: how many encounters, and
/// of each the number, customer, time, touchpoint, employee and thread. Corrupt, in words, when
/// they differ. Cost: a pass over both, about 2 us an encounter.
Status compare_with_ledger(const Timeline& timeline, const ledger::Ledger& ledger,
                           std::uint64_t last_number);

}  // namespace kokemus::timeline
