#pragma once

#include <cstddef>
#include <cstdint>

#include "question/counts.h"
#include "timeline/block.h"
#include "timeline/marked_block.h"
#include "timeline/sign.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// What was looked at, counted block by block.
class PopulationCount {
public:
    PopulationCount() = default;

    /// Of a question that leaves nothing out, so that no times need to be read.
    explicit PopulationCount(const Shared& everything)
        : bounds_known_(true),
          bounds_{everything.first_time, everything.latest_time} {}

    /// A block of which everything counts.
    void add(const Part& part, const Block& block);

    /// The rows that count of a block, at 2 ns a unit; false when there are none.
    bool add(const Part& part, const MarkedBlock& marked);

    void add_without_unit(std::uint64_t encounters) { without_unit_ += encounters; }

    /// Adds or takes away; the bounds of time only ever widen, and not where they are known.
    void merge(const PopulationCount& other, Sign sign = Sign::Plus);

    /// Widens the bounds of time, where they are not known.
    void widen(const TimeBounds& bounds);
    void forget_bounds() { bounds_ = TimeBounds{}; }

    question::Population population() const;

    bool empty() const { return encounters_ == 0; }
    std::int64_t first() const { return bounds_.first; }
    std::int64_t latest() const { return bounds_.latest; }
    const TimeBounds& bounds() const { return bounds_; }

private:
    bool bounds_are_known(const Part& part, const Block& block) const;
    void count_units(const MarkedBlock& marked);
    void count_listed_units(const MarkedBlock& marked);

    bool bounds_known_ = false;
    std::uint64_t encounters_ = 0, units_ = 0, customers_ = 0, without_unit_ = 0;
    TimeBounds bounds_;
};

}  // namespace kokemus::timeline
