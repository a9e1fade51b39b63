#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "timeline/code_column.h"
#include "timeline/pair_slots.h"
#include "timeline/sign.h"

namespace kokemus::timeline {

/// How often each pair of codes occurs: in a table while that is small, at 1.2 ns a pair, else by
/// slots of those that do occur, at 4 ns a pair among thousands of codes.
class PairTally {
public:
    /// For first codes below `rows` and second codes below `columns`.
    PairTally(std::size_t rows, std::size_t columns)
        : columns_(columns),
          dense_(columns == 0 || rows <= table_max / columns),
          slots_(dense_ ? 0 : std::max(rows, columns)),
          counts_(dense_ ? rows * columns : 0) {}

    void add(Code first, Code second, std::uint64_t times = 1) {
        counts_[dense_ ? first * columns_ + second : slot_of(first, second)] += times;
    }

    /// Calls `use(first, second, count)` for every pair that occurs, in no particular order.
    template <typename Use>
    void for_each(const Use& use) const {
        for (std::size_t place = 0; place < counts_.size(); ++place) {
            if (counts_[place] == 0) {
                continue;
            }
            if (dense_) {
                use(static_cast<Code>(place / columns_),
                    static_cast<Code>(place % columns_),
                    counts_[place]);
            } else {
                use(slots_.pairs()[place].first, slots_.pairs()[place].second, counts_[place]);
            }
        }
    }

    void merge(const PairTally& other, Sign sign = Sign::Plus) {
        other.for_each([&](Code first, Code second, std::uint64_t count) {
            add(first, second, with_sign(sign, count));
        });
    }

    std::size_t bytes() const { return slots_.bytes() + counts_.size() * sizeof(counts_.front()); }

private:
    static constexpr std::size_t table_max = std::size_t{1} << 16U;

    std::size_t slot_of(Code first, Code second) {
        const std::uint32_t slot = slots_.slot(first, second);
        if (slot == counts_.size()) {
            counts_.push_back(0);
        }
        return slot;
    }

    std::size_t columns_;
    bool dense_;
    PairSlots slots_;
    std::vector<std::uint64_t> counts_;
};

}  // namespace kokemus::timeline
