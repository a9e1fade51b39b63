#pragma once

#include <cmath>
#include <cstdint>

#include "stats/moments.h"
#include "timeline/sign.h"

namespace kokemus::timeline {

/// Experience values in fixed point: 2^30 parts of one, so that sums are exact and neither the
/// order of adding nor the number of threads can change an answer.
using Fixed = std::int64_t;

inline constexpr double fixed_one = 1U << 30U;

inline Fixed to_fixed(double value) {
    return std::llround(value * fixed_one);
}
inline double from_fixed(Fixed value) {
    return static_cast<double>(value) / fixed_one;
}

/// Count, mean and squared deviations of fixed-point values within -4 .. +4, summed exactly. For up
/// to 2^30 of them.
class ExactMoments {
public:
    void add(Fixed value) {
        ++count_;
        sum_ += value;
        squares_ += static_cast<Wide>(value) * value;
    }

    void merge(const ExactMoments& other, Sign sign = Sign::Plus) {
        count_ += with_sign(sign, other.count_);
        sum_ += with_sign(sign, other.sum_);
        squares_ += with_sign(sign, other.squares_);
    }

    /// From sums made elsewhere; the squares' is squares_high * 2^32 + squares_low.
    static ExactMoments from(std::uint64_t count, Fixed sum, std::uint64_t squares_high,
                             std::uint64_t squares_low) {
        ExactMoments moments;
        moments.count_ = count;
        moments.sum_ = sum;
        moments.squares_ = (static_cast<Wide>(squares_high) << 32U) + squares_low;
        return moments;
    }

    std::uint64_t count() const { return count_; }

    stats::Moments moments() const {
        if (count_ == 0) {
            return {};
        }
        const auto count = static_cast<Wide>(count_);
        const Wide deviations = count * squares_ - static_cast<Wide>(sum_) * sum_;
        const double n = static_cast<double>(count_);
        return stats::Moments::from(count_,
                                    static_cast<double>(sum_) / fixed_one / n,
                                    static_cast<double>(deviations) / n / fixed_one / fixed_one);
    }

private:
    __extension__ using Wide = __int128;

    std::uint64_t count_ = 0;
    Fixed sum_ = 0;
    Wide squares_ = 0;
};

}  // namespace kokemus::timeline
