#include <algorithm>

#include "base/check.h"
#include "timeline/predicate.h"
#include "timeline/predicate_row.h"

namespace kokemus::timeline {

Stretch stretch_of(const Block& block, const Part& part) {
    const std::size_t last = block.units() - 1;
    if (!block.starts().empty()) {
        return {block.first(0), block.last(last) + 1};
    }
    return {part.customer_offsets[block.customers.front()],
            part.customer_offsets[block.customers[last] + 1]};
}

void mark_rows(const Judged& judged, Words rows) {
    const Block& block = judged.block;
    const Stretch& stretch = judged.stretch;
    std::ranges::fill(rows, 0);
    if (block.is_run()) {
        const std::size_t first = stretch.bit(block.first_row());
        set_bits(rows, first, first + block.size());
    } else if (!block.starts().empty()) {
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            set_bits(rows, stretch.bit(block.first(unit)), stretch.bit(block.last(unit)) + 1);
        }
    } else {
        for (const Row row : block.rows()) {
            const std::size_t bit = stretch.bit(row);
            rows[bit / 64] |= std::uint64_t{1} << bit % 64;
        }
    }
}

void mark_rows(const Judged& judged, std::span<const std::uint64_t> units, Words rows) {
    const Block& block = judged.block;
    const Stretch& stretch = judged.stretch;
    std::ranges::fill(rows, 0);
    for_each_bit(units, 0, block.units(), [&](std::size_t unit) {
        if (!block.starts().empty()) {
            set_bits(rows, stretch.bit(block.first(unit)), stretch.bit(block.last(unit)) + 1);
            return;
        }
        for (const Row row : block.unit(unit)) {
            const std::size_t bit = stretch.bit(row);
            rows[bit / 64] |= std::uint64_t{1} << bit % 64;
        }
    });
}

void unmark_rows(const Judged& judged, std::span<const std::uint64_t> units, Words rows) {
    const Block& block = judged.block;
    const Stretch& stretch = judged.stretch;
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        if (has_bit(units, unit)) {
            continue;
        }
        if (!block.starts().empty()) {
            clear_bits(rows, stretch.bit(block.first(unit)), stretch.bit(block.last(unit)) + 1);
            continue;
        }
        for (const Row row : block.unit(unit)) {
            const std::size_t bit = stretch.bit(row);
            rows[bit / 64] &= ~(std::uint64_t{1} << bit % 64);
        }
    }
}

bool any_row(const Judged& judged, std::size_t unit, std::span<const std::uint64_t> rows) {
    const Block& block = judged.block;
    const Stretch& stretch = judged.stretch;
    if (!block.starts().empty()) {
        return any_bit(rows, stretch.bit(block.first(unit)), stretch.bit(block.last(unit)) + 1);
    }
    return std::ranges::any_of(block.unit(unit),
                               [&](Row row) { return has_bit(rows, stretch.bit(row)); });
}

void all_units(const Judged& judged, Words units) {
    std::ranges::fill(units, 0);
    set_bits(units, 0, judged.block.units());
}

void RowPredicate::narrow_units(const Judged&, Words, WordPool&) const {
    CHECK(false && "a condition on encounters does not judge units");
}

void UnitPredicate::narrow_rows(const Judged& judged, Words rows, WordPool& pool) const {
    const auto units = pool.take(unit_words(judged));
    all_units(judged, units.words());
    narrow_units(judged, units.words(), pool);
    unmark_rows(judged, units.words(), rows);
}

}  // namespace kokemus::timeline
