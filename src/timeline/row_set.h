#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "timeline/array.h"
#include "timeline/code_column.h"

namespace kokemus::timeline {

/// A set of rows with their rank, at 1.1 bits a row of the timeline: the index of every sparse
/// column. Made by a RowSetBuilder; immutable.
class RowSet {
public:
    RowSet() = default;

    bool empty() const { return bits_.empty(); }
    std::size_t size() const { return ranks_.empty() ? 0 : ranks_.back(); }

    bool contains(Row row) const {
        return !bits_.empty() && ((bits_[row / 64] >> (row % 64)) & 1U) != 0;
    }

    /// Whether any of the rows [from, to) is in the set.
    bool contains_any(Row from, Row to) const {
        if (bits_.empty() || from >= to) {
            return false;
        }
        const std::uint64_t front = ~std::uint64_t{0} << (from % 64);
        const std::uint64_t back = ~std::uint64_t{0} >> (63 - (to - 1) % 64);
        const std::size_t last = (to - 1) / 64;
        std::uint64_t any = 0;
        for (std::size_t word = from / 64; word <= last; ++word) {
            any |= bits_[word] & (word == from / 64 ? front : ~std::uint64_t{0}) &
                   (word == last ? back : ~std::uint64_t{0});
        }
        return any != 0;
    }

    /// How many rows below `row` are in the set: the place of its value, if `row` is in the set.
    std::size_t rank(Row row) const {
        const std::size_t word = row / 64;
        std::size_t rank = ranks_[word / 8];
        for (std::size_t i = word / 8 * 8; i < word; ++i) {
            rank += static_cast<std::size_t>(std::popcount(bits_[i]));
        }
        const std::uint64_t below = (std::uint64_t{1} << (row % 64)) - 1;
        return rank + static_cast<std::size_t>(std::popcount(bits_[word] & below));
    }

    /// The rows 64 * word .. 64 * word + 63 as bits, the first one lowest. Not of an empty set.
    std::uint64_t word(std::size_t word) const { return bits_[word]; }

    std::size_t bytes() const { return bits_.bytes() + ranks_.bytes(); }

    /// Whether it is a set of rows below `rows` with right ranks (of columns from a file).
    bool is_sound(std::size_t rows) const;

    friend bool operator==(const RowSet&, const RowSet&) = default;

    template <typename Visit>
    void visit_columns(Visit&& visit) {
        visit(bits_);
        visit(ranks_);
    }

private:
    friend class RowSetBuilder;

    Array<std::uint64_t> bits_;   ///< none at all when the set is empty
    Array<std::uint32_t> ranks_;  ///< members before each 512 rows, and in all
};

/// Collects the rows of a RowSet. Distinct blocks of 512 rows may be filled by distinct threads.
class RowSetBuilder {
public:
    explicit RowSetBuilder(std::size_t rows) : bits_((rows + 511) / 512 * 8) {}

    /// Starts with the rows of `start`, a set of so many rows.
    RowSetBuilder(std::size_t rows, const RowSet& start) : RowSetBuilder(rows) {
        std::copy(start.bits_.begin(), start.bits_.end(), bits_.begin());
    }

    void insert(Row row) { bits_[row / 64] |= std::uint64_t{1} << (row % 64); }

    bool contains(Row row) const { return ((bits_[row / 64] >> (row % 64)) & 1U) != 0; }

    /// The set; the builder is empty after it.
    RowSet seal() {
        std::vector<std::uint32_t> ranks(bits_.size() / 8 + 1);
        std::uint32_t count = 0;
        for (std::size_t word = 0; word < bits_.size(); ++word) {
            if (word % 8 == 0) {
                ranks[word / 8] = count;
            }
            count += static_cast<std::uint32_t>(std::popcount(bits_[word]));
        }
        ranks.back() = count;
        RowSet set;
        if (count > 0) {
            set.bits_ = Array(std::move(bits_));
            set.ranks_ = Array(std::move(ranks));
        }
        bits_.clear();
        return set;
    }

private:
    std::vector<std::uint64_t> bits_;
};

}  // namespace kokemus::timeline
