#pragma once

#include <cstddef>
#include <vector>

#include "timeline/code_column.h"
#include "timeline/pair_slots.h"

namespace kokemus::timeline {

/// What is counted for each pair of codes: in a square while that is small, so that a pair is
/// found by its codes alone, else by slots of those that occur.
template <typename Tally>
class PairTable {
public:
    /// For codes below `codes`.
    explicit PairTable(std::size_t codes)
        : codes_(codes),
          square_(codes <= square_codes_max),
          slots_(square_ ? 0 : codes),
          tallies_(square_ ? codes * codes : 0) {}

    Tally& at(Code from, Code to) {
        if (square_) {
            return tallies_[from * codes_ + to];
        }
        const std::size_t slot = slots_.slot(from, to);
        if (slot == tallies_.size()) {
            tallies_.emplace_back();
        }
        return tallies_[slot];
    }

    /// Calls `use(from, to, tally)` for all pairs that may have been counted, in no order.
    template <typename Use>
    void for_each(const Use& use) const {
        for (std::size_t place = 0; place < tallies_.size(); ++place) {
            if (square_) {
                use(static_cast<Code>(place / codes_),
                    static_cast<Code>(place % codes_),
                    tallies_[place]);
            } else {
                use(slots_.pairs()[place].first, slots_.pairs()[place].second, tallies_[place]);
            }
        }
    }

    std::size_t bytes() const {
        return slots_.bytes() + tallies_.size() * sizeof(tallies_.front());
    }

private:
    static constexpr std::size_t square_codes_max = 64;

    std::size_t codes_;
    bool square_;
    PairSlots slots_;
    std::vector<Tally> tallies_;
};

}  // namespace kokemus::timeline
