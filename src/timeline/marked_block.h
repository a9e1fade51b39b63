#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "timeline/block.h"
#include "timeline/predicate.h"
#include "timeline/row_bits.h"

namespace kokemus::timeline {

/// A block with a bit for each row that counts: for kernels that count what single encounters have,
/// which need neither the rows that do not count taken out nor those that do listed.
struct MarkedBlock {
    const Block& block;  ///< as formed; units may have no row that counts
    Stretch stretch;
    std::span<const std::uint64_t> rows;  ///< a bit per row of the stretch
    bool whole = false;                   ///< all rows of all units count

    bool has(Row row) const { return has_bit(rows, stretch.bit(row)); }

    /// Calls `use(row)` for the rows of a unit that count, in order.
    template <typename Use>
    void for_each_row(std::size_t unit, const Use& use) const {
        if (block.starts().empty()) {
            for (const Row row : block.unit(unit)) {
                if (has(row)) {
                    use(row);
                }
            }
        } else if (whole) {
            const Row end = block.last(unit) + 1;
            for (Row row = block.first(unit); row < end; ++row) {
                use(row);
            }
        } else {
            const Row base = stretch.base();
            for_each_bit(
                rows, block.first(unit) - base, block.last(unit) + 1 - base, [&](std::size_t bit) {
                    use(static_cast<Row>(base + bit));
                });
        }
    }

    /// Calls `use(row, place, unit)` for the rows that count and are in `set`, unit after unit and
    /// in order, where `place` is the row's rank in the set. Units that are ranges cost 1 ns a
    /// member; those that are lists, 1 ns a row and 10 ns a member.
    template <typename Use>
    void for_each_member_of(const RowSet& set, const Use& use) const {
        if (!block.starts().empty()) {
            std::size_t unit = 0;
            for_each_member(set, stretch, rows, [&](Row row, std::size_t place) {
                while (row > block.last(unit)) {
                    ++unit;
                }
                use(row, place, unit);
            });
            return;
        }
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            for (const Row row : block.unit(unit)) {
                if (has(row) && set.contains(row)) {
                    use(row, set.rank(row), unit);
                }
            }
        }
    }
};

/// First and last row of a unit that count.
struct UnitEnds {
    Row first = none;  ///< none: no row counts
    Row last = none;
};

UnitEnds ends_of(const MarkedBlock& marked, std::size_t unit);

/// What a question leaves of the blocks of one part. Keeps its buffers from block to block; for one
/// thread.
class BlockFilter {
public:
    /// Either may be nullptr; `having` must be of units.
    BlockFilter(const Part& part, const Predicate* where, const Predicate* having)
        : part_(&part),
          where_(where),
          having_(having) {}

    /// The units that count, with those of their rows that count: the block itself where nothing
    /// drops out; else its ranges where only whole units do. The block is not empty.
    const Block& keep(const Block& block);

    /// The same as bits, at 0.1 ns a row where units are ranges, and what the filter costs.
    MarkedBlock mark(const Block& block);

private:
    const Block& keep_where(const Block& block);
    const Block& keep_having(const Block& block);

    const Part* part_;
    const Predicate* where_;
    const Predicate* having_;
    WordPool pool_;
    std::vector<std::uint64_t> rows_;
    Block counted_;
    Block kept_;
};

}  // namespace kokemus::timeline
