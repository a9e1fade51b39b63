#pragma once

#include <cstdint>

#include "timeline/exact_moments.h"
#include "timeline/sign.h"

namespace kokemus::timeline {

/// Count, sum and squares of fixed-point values within -3 .. +3, in words that add two at a time.
struct ScoreSums {
    using Pair = std::uint64_t __attribute__((vector_size(16)));

    Pair sums{};     ///< sum, count
    Pair squares{};  ///< the low 32 bits of each square, added; the high ones

    static ScoreSums of(Fixed value) {
        const auto size = static_cast<std::uint64_t>(value < 0 ? -value : value);
        const std::uint64_t square = size * size;
        ScoreSums of_one;
        of_one.sums = Pair{static_cast<std::uint64_t>(value), 1};
        of_one.squares = Pair{square & 0xFFFF'FFFFU, square >> 32U};
        return of_one;
    }

    void merge(const ScoreSums& other, Sign sign) {
        sums += with_sign(sign, other.sums);
        squares += with_sign(sign, other.squares);
    }

    /// All of `other` or, with a mask of 0, nothing.
    void add(const ScoreSums& other, std::uint64_t mask = ~std::uint64_t{0}) {
        const Pair both{mask, mask};
        sums += other.sums & both;
        squares += other.squares & both;
    }

    stats::Moments moments() const {
        return ExactMoments::from(sums[1], static_cast<Fixed>(sums[0]), squares[1], squares[0])
            .moments();
    }
};

}  // namespace kokemus::timeline
