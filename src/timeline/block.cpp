#include "timeline/block.h"

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
    at_full_width([&] {
        std::uint32_t listed = 0;
        std::size_t kept = 0;
        for (std::size_t unit = 0; unit < units; ++unit) {
            const std::size_t first = from.starts_[unit] - base;
            listed += static_cast<std::uint32_t>(
                count_bits(marks, first, first + (from.offsets[unit + 1] - from.offsets[unit])));
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
