#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "timeline/code_column.h"

namespace kokemus::timeline {

/// A set of rows with their rank, at 1.1 bits a row of the timeline: the index of every sparse
/// column. Insert first (distinct blocks of 512 rows may be filled by distinct threads), then
/// `seal`, then read.
class RowSet {
public:
    RowSet() = default;
    explicit RowSet(std::size_t rows) : bits_((rows + 511) / 512 * 8) {}

    void insert(Row row) { bits_[row / 64] |= std::uint64_t{1} << (row % 64); }

    /// Counts the ranks; after it the set is read only.
    void seal() {
        ranks_.resize(bits_.size() / 8 + 1);
        std::uint32_t count = 0;
        for (std::size_t word = 0; word < bits_.size(); ++word) {
            if (word % 8 == 0) {
                ranks_[word / 8] = count;
            }
            count += static_cast<std::uint32_t>(std::popcount(bits_[word]));
        }
        ranks_.back() = count;
        if (count == 0) {
            bits_.clear();
            bits_.shrink_to_fit();
        }
    }

    bool empty() const { return bits_.empty(); }
    std::size_t size() const { return ranks_.empty() ? 0 : ranks_.back(); }

    bool contains(Row row) const {
        return !bits_.empty() && ((bits_[row / 64] >> (row % 64)) & 1U) != 0;
    }

    /// How many rows below `row` are in the set: the place of its value. `row` must be in the set.
    std::size_t rank(Row row) const {
        const std::size_t word = row / 64;
        std::size_t rank = ranks_[word / 8];
        for (std::size_t i = word / 8 * 8; i < word; ++i) {
            rank += static_cast<std::size_t>(std::popcount(bits_[i]));
        }
        const std::uint64_t below = (std::uint64_t{1} << (row % 64)) - 1;
        return rank + static_cast<std::size_t>(std::popcount(bits_[word] & below));
    }

    std::size_t bytes() const {
        return bits_.size() * sizeof(bits_[0]) + ranks_.size() * sizeof(ranks_[0]);
    }

    friend bool operator==(const RowSet&, const RowSet&) = default;

private:
    std::vector<std::uint64_t> bits_;
    std::vector<std::uint32_t> ranks_;  ///< members before each 512 rows, and in all
};

}  // namespace kokemus::timeline
