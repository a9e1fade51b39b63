#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "timeline/code_column.h"

namespace kokemus::timeline {

/// Numbers the pairs of codes that occur 0, 1, 2... in order of first sight, so that what is
/// counted for each stands close together. A square table while the codes are few, else open
/// addressing; neither allocates for a pair seen before.
class PairSlots {
public:
    /// For codes below `codes`.
    explicit PairSlots(std::size_t codes) : codes_(codes), square_(codes <= square_codes_max) {
        table_.resize(square_ ? codes * codes : 1024, none);
    }

    std::uint32_t slot(Code from, Code to) {
        const std::size_t place = square_ ? from * codes_ + to : find(from, to);
        const std::uint32_t slot = table_[place];
        return slot != none ? slot : add(place, from, to);
    }

    /// For loops over pairs nearly all of which were seen before: the slot of (from, to) at from *
    /// codes() + to, `none` when the pair is new. Stands still; nullptr while there are too many
    /// codes for a square.
    const std::uint32_t* square() const { return square_ ? table_.data() : nullptr; }
    std::size_t codes() const { return codes_; }

    std::size_t bytes() const {
        return table_.size() * sizeof(table_.front()) + pairs_.size() * sizeof(pairs_.front());
    }

    /// The pairs by slot.
    const std::vector<std::pair<Code, Code>>& pairs() const { return pairs_; }

private:
    static constexpr std::size_t square_codes_max = 1024;

    std::size_t find(Code from, Code to) const {
        const std::uint64_t key = std::uint64_t{from} << 32U | to;
        // From bit 32 on, so that pairs which differ in `from` alone differ there.
        std::size_t place = (key * 0x9E37'79B9'7F4A'7C15U) >> 32U & (table_.size() - 1);
        while (table_[place] != none && pairs_[table_[place]] != std::pair(from, to)) {
            place = (place + 1) & (table_.size() - 1);
        }
        return place;
    }

    [[gnu::noinline]] std::uint32_t add(std::size_t place, Code from, Code to) {
        const auto slot = static_cast<std::uint32_t>(pairs_.size());
        table_[place] = slot;
        pairs_.emplace_back(from, to);
        if (!square_ && pairs_.size() * 2 > table_.size()) {
            grow();
        }
        return slot;
    }

    void grow() {
        table_.assign(table_.size() * 2, none);
        for (std::uint32_t slot = 0; slot < pairs_.size(); ++slot) {
            table_[find(pairs_[slot].first, pairs_[slot].second)] = slot;
        }
    }

    std::size_t codes_;
    bool square_;
    std::vector<std::uint32_t> table_;
    std::vector<std::pair<Code, Code>> pairs_;
};

}  // namespace kokemus::timeline
