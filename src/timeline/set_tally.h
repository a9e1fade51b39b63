#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "timeline/sign.h"

namespace kokemus::timeline {

/// Of many sets of numbers below 64, given as bits: in how many each number is. The counters stand
/// upright (plane p holds bit p of all 64 of them), so that a set is added to all at once, in 24
/// operations or 5 ns.
class SetTally {
public:
    void add(std::uint64_t set) {
        for (std::uint64_t& plane : planes_) {
            const std::uint64_t carry = plane & set;
            plane ^= set;
            set = carry;
        }
        if (++held_ == held_max) {
            drain();
        }
    }

    void merge(const SetTally& other, Sign sign = Sign::Plus) {
        for (std::size_t number = 0; number < counts_.size(); ++number) {
            counts_[number] += with_sign(sign, other.count(number));
        }
    }

    std::uint64_t count(std::size_t number) const {
        std::uint64_t upright = 0;
        for (std::size_t plane = 0; plane < planes_.size(); ++plane) {
            upright += (planes_[plane] >> number & 1U) << plane;
        }
        return counts_[number] + upright;
    }

private:
    static constexpr unsigned held_max = 255;  // what a counter of 8 planes can hold

    void drain() {
        for (std::size_t number = 0; number < counts_.size(); ++number) {
            counts_[number] = count(number);
        }
        planes_ = {};
        held_ = 0;
    }

    std::array<std::uint64_t, 8> planes_{};
    unsigned held_ = 0;  ///< sets in the planes
    std::array<std::uint64_t, 64> counts_{};
};

}  // namespace kokemus::timeline
