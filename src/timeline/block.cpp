#include "timeline/block.h"

#include <algorithm>
#include <bit>

#include "timeline/full_width.h"

namespace kokemus::timeline {

void Block::mark_rows_of(const Block& from, Row base, std::span<const std::uint64_t> marks) {
    clear();
    marks_.assign(marks.begin(), marks.end());
    marks_base_ = base;
    const std::size_t units = from.units();
    offsets.resize(units + 1);
    customers.resize(units);
    statuses.resize(units);
    mark_ranks_.resize(std::max(mark_ranks_.size(), marks.size()));
    at_full_width([&] {
        std::uint32_t rank = 0;
        for (std::size_t word = 0; word < marks.size(); ++word) {
            mark_ranks_[word] = rank;
            rank += static_cast<std::uint32_t>(std::popcount(marks[word]));
        }
        std::size_t kept = 0;
        for (std::size_t unit = 0; unit < units; ++unit) {
            // No row has a bit but those of units: what has one up to here is of this and those
            // before.
            const std::size_t last = from.last(unit) - base;
            const std::uint64_t up_to = marks[last / 64] & (~std::uint64_t{0} >> (63 - last % 64));
            const std::uint32_t listed =
                mark_ranks_[last / 64] + static_cast<std::uint32_t>(std::popcount(up_to));
            customers[kept] = from.customers[unit];
            statuses[kept] = from.statuses[unit];
            offsets[kept + 1] = listed;
            kept += listed > offsets[kept] ? 1 : 0;
        }
        offsets.resize(kept + 1);
        customers.resize(kept);
        statuses.resize(kept);
    });
}

void Block::list_marks() const {
    rows_.resize(size());
    at_full_width([&] {
        Row* out = rows_.data();
        for_each_bit(marks_, 0, marks_.size() * 64, [&](std::size_t bit) {
            *out++ = marks_base_ + static_cast<Row>(bit);
        });
    });
}

}  // namespace kokemus::timeline
