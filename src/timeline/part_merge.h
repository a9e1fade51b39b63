#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "timeline/part.h"
#include "timeline/part_build.h"

namespace kokemus::timeline {

/// Some customers of a part: what a merge takes in.
struct MergeSource {
    const Part* part = nullptr;
    std::vector<Code> customers;             ///< ascending, without 0
    std::vector<std::uint8_t> traits_known;  ///< per customer of the part; empty: of all
};

/// All customers of a part that live there.
MergeSource living_of(const Part& part);

/// One part of the customers of all sources: columns are copied, and where a customer is in several
/// sources its rows are interleaved by (time, sequence, id). Traits are those of the last source
/// that knows them. The sources must stand under codes of `shared`. Fails (TooLarge) beyond
/// 4,294,967,294 rows, and as `ties` does, which is asked only for rows of several sources at one
/// time.
///
/// Costs in proportion to the rows and names that are taken in, whatever else the sources hold:
/// 100 to 120 ns a row of processor time.
Result<Part> merge_parts(std::span<const MergeSource> sources, const Shared& shared,
                         const ReadNumbers& ties);

}  // namespace kokemus::timeline
