#include "timeline/marked_block.h"

#include <algorithm>

#include "timeline/full_width.h"
#include "timeline/predicate_row.h"

namespace kokemus::timeline {
namespace {

/// The marked rows of a block; units left without any drop out. 1 ns a row that is kept of units
/// that are lists.
void keep_rows(const MarkedBlock& marked, Block& kept) {
    if (!marked.block.starts().empty()) {
        kept.mark_rows_of(marked.block, marked.stretch.base(), marked.rows);
        return;
    }
    kept.list_units(marked.block, [&](std::size_t unit, Row* out) {
        marked.for_each_row(unit, [&](Row row) { *out++ = row; });
        return out;
    });
}

/// The units of `block` that have a bit, whole.
void keep_units(const Block& block, std::span<const std::uint64_t> units, Block& kept) {
    kept.clear();
    for_each_bit(units, 0, block.units(), [&](std::size_t unit) {
        if (!block.starts().empty()) {
            kept.add_range(block.first(unit),
                           block.last(unit) + 1,
                           block.customers[unit],
                           block.statuses[unit]);
        } else {
            kept.add_rows(block.unit(unit));
            kept.close_unit(block.customers[unit], block.statuses[unit]);
        }
    });
}

const Block& keep_judged(const Predicate& predicate, const Judged& judged, WordPool& pool,
                         Block& kept) {
    const auto units = pool.take(unit_words(judged));
    all_units(judged, units.words());
    predicate.narrow_units(judged, units.words(), pool);
    if (count_bits(units.words()) == judged.block.units()) {
        return judged.block;
    }
    keep_units(judged.block, units.words(), kept);
    return kept;
}

}  // namespace

UnitEnds ends_of(const MarkedBlock& marked, std::size_t unit) {
    const Block& block = marked.block;
    if (marked.whole) {
        return {block.first(unit), block.last(unit)};
    }
    UnitEnds ends;
    if (block.starts().empty()) {
        marked.for_each_row(unit, [&](Row row) {
            ends.first = std::min(ends.first, row);
            ends.last = row;
        });
        return ends;
    }
    const Row base = marked.stretch.base();
    for_each_word(block.first(unit) - base,
                  block.last(unit) + 1 - base,
                  [&](std::size_t word, std::uint64_t mask) {
                      const std::uint64_t bits = marked.rows[word] & mask;
                      if (bits == 0) {
                          return;
                      }
                      const auto row = static_cast<Row>(base + word * 64);
                      if (ends.first == none) {
                          ends.first = row + static_cast<Row>(std::countr_zero(bits));
                      }
                      ends.last = row + 63 - static_cast<Row>(std::countl_zero(bits));
                  });
    return ends;
}

const Block& BlockFilter::keep(const Block& block) {
    const Block& counted = where_ != nullptr ? keep_where(block) : block;
    return having_ != nullptr && counted.units() > 0 ? keep_having(counted) : counted;
}

const Block& BlockFilter::keep_where(const Block& block) {
    const Judged judged{block, stretch_of(block, *part_)};
    if (where_->is_of_units()) {
        return keep_judged(*where_, judged, pool_, counted_);
    }
    const auto rows = pool_.take(judged.stretch.words());
    mark_rows(judged, rows.words());
    where_->narrow_rows(judged, rows.words(), pool_);
    std::size_t kept = 0;
    at_full_width([&] { kept = count_bits(rows.words()); });
    if (kept == block.size()) {
        return block;
    }
    keep_rows(MarkedBlock{block, judged.stretch, rows.words()}, counted_);
    return counted_;
}

const Block& BlockFilter::keep_having(const Block& block) {
    return keep_judged(*having_, Judged{block, stretch_of(block, *part_)}, pool_, kept_);
}

MarkedBlock BlockFilter::mark(const Block& block) {
    const Judged judged{block, stretch_of(block, *part_)};
    rows_.resize(judged.stretch.words());
    mark_rows(judged, rows_);
    if (where_ != nullptr) {
        where_->narrow_rows(judged, rows_, pool_);
    }
    bool whole = where_ == nullptr || count_bits(rows_) == block.size();
    if (having_ != nullptr) {
        if (!whole) {
            keep_rows(MarkedBlock{block, judged.stretch, rows_}, counted_);
        }
        const Block& counted = whole ? block : counted_;
        if (counted.units() > 0) {
            const Judged left{counted, stretch_of(counted, *part_)};
            const auto units = pool_.take(unit_words(left));
            all_units(left, units.words());
            having_->narrow_units(left, units.words(), pool_);
            mark_rows(Judged{counted, judged.stretch}, units.words(), rows_);
            whole = whole && count_bits(units.words()) == block.units();
        }
    }
    return MarkedBlock{block, judged.stretch, rows_, whole};
}

}  // namespace kokemus::timeline
