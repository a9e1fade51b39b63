#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "question/counts.h"
#include "timeline/block_columns.h"
#include "timeline/pair_slots.h"
#include "timeline/part.h"
#include "timeline/sign.h"

namespace kokemus::timeline {

/// Counts how often each touchpoint occurs and each follows another in the units, and nothing else:
/// the flow's counts alone. Costs 0.6 ns an encounter of a run while touchpoints have a byte each,
/// 3 ns else.
class TransitionCounter {
public:
    explicit TransitionCounter(const Part& part);

    /// Goes on with the blocks of another part.
    void enter(const Part& part) { part_ = &part; }

    void add(const Block& block);
    void merge(const TransitionCounter& other, Sign sign = Sign::Plus);

    /// Lets go of all but what `merge` reads.
    void rest();
    std::size_t bytes() const;

    /// Nodes and edges with their counts; all else of them stays 0.
    void finish(question::FlowCounts& counts) const;

private:
    void add_narrow(const Block& block, const std::uint8_t* codes);
    void add_wide(const Block& block, const Code* codes);
    void count(Code from, Code to, std::uint64_t times);

    const Part* part_;
    Code outside_;  ///< stands for START as `from` and for END as `to`
    bool narrow_;   ///< touchpoints have a byte each
    PlaceCodes<std::uint8_t> narrow_codes_;
    PlaceCodes<Code> wide_codes_;
    std::vector<std::uint64_t> pairs_;          ///< by two bytes as they stand in the column
    std::vector<std::uint64_t> starts_, ends_;  ///< by byte
    PairSlots slots_;                           ///< of all else
    std::vector<std::uint64_t> slot_counts_;
};

}  // namespace kokemus::timeline
