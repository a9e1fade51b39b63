#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "base/huge_pages.h"
#include "stats/log_histogram.h"
#include "timeline/sign.h"

namespace kokemus::timeline {

/// A histogram of durations for each of many slots (edges of a flow), in the buckets of
/// stats::LogHistogram. Counters have 8 bits and spill every 256th time, so that the buckets in use
/// of 1,600 edges stay in the second-level cache, which 32-bit counters miss at 3 times the cost.
class TimeTable {
public:
    /// For durations up to `longest` milliseconds.
    explicit TimeTable(std::int64_t longest) : stride_(stride_for(longest)) {}

    std::size_t slots() const { return spilt_.size(); }

    /// Makes room for the slots below `slots`.
    void grow(std::size_t slots) {
        if (slots > spilt_.size()) {
            spilt_.resize(slots);
            counts_.resize(slots * stride_);
        }
    }

    /// Adds 1 to the bucket of each slot, pair by pair. Costs 2 ns a pair.
    void add(const std::uint32_t* slots, const std::uint16_t* buckets, std::size_t count) {
        std::uint8_t* const counts = counts_.data();
        const std::size_t stride = stride_;
        for (std::size_t i = 0; i < count; ++i) {
            if (++counts[slots[i] * stride + buckets[i]] == 0) [[unlikely]] {
                spill(slots[i], buckets[i]);
            }
        }
    }

    /// Adds what `other` has at `theirs` to `mine`, or takes it away; both have as many buckets.
    /// Costs 0.1 ns a bucket and 1 ns one in use.
    void merge(std::size_t mine, const TimeTable& other, std::size_t theirs,
               Sign sign = Sign::Plus) {
        for (std::size_t eight = 0; eight < stride_; eight += 8) {
            if (other.any_of_eight(theirs, eight)) {
                for (std::size_t bucket = eight; bucket < eight + 8; ++bucket) {
                    add_narrow(mine, bucket, other.counts_[theirs * stride_ + bucket], sign);
                }
            }
        }
        if (const auto& spilt = other.spilt_[theirs]; !spilt.empty()) {
            auto& wide = widened(mine);
            for (std::size_t bucket = 0; bucket < stride_; ++bucket) {
                wide[bucket] += with_sign(sign, spilt[bucket]);
            }
        }
    }

    std::size_t bytes() const {
        std::size_t bytes = counts_.size() + spilt_.size() * sizeof(spilt_.front());
        for (const auto& wide : spilt_) {
            bytes += wide.size() * sizeof(std::uint32_t);
        }
        return bytes;
    }

    stats::LogHistogram histogram(std::size_t slot) const {
        stats::LogHistogram histogram;
        const auto add = [&](std::size_t bucket) {
            histogram.add_bucket(static_cast<std::uint32_t>(bucket), times(slot, bucket));
        };
        const bool spilt = !spilt_[slot].empty();
        for (std::size_t bucket = 0; bucket < stride_; bucket += 8) {
            if (spilt || any_of_eight(slot, bucket)) {
                for (std::size_t i = 0; i < 8; ++i) {
                    add(bucket + i);
                }
            }
        }
        return histogram;
    }

    /// How many buckets every slot has. A power of two of durations is a cache line then, and never
    /// the same few places of the cache for all slots, as they would be at an even number of lines.
    static std::size_t stride_for(std::int64_t longest) {
        constexpr std::size_t line = 64;
        const std::size_t lines = stats::LogHistogram::bucket(longest) / line + 1;
        return (lines | 1U) * line;
    }

private:
    bool any_of_eight(std::size_t slot, std::size_t bucket) const {
        std::uint64_t eight = 0;
        std::memcpy(&eight, &counts_[slot * stride_ + bucket], 8);
        return eight != 0;
    }

    void add_narrow(std::size_t slot, std::size_t bucket, unsigned more, Sign sign) {
        auto& count = counts_[slot * stride_ + bucket];
        if (sign == Sign::Plus ? count + more > 255 : count < more) [[unlikely]] {
            widened(slot)[bucket] += with_sign(sign, std::uint32_t{256});
        }
        count = static_cast<std::uint8_t>(sign == Sign::Plus ? count + more : count - more);
    }

    std::uint64_t times(std::size_t slot, std::size_t bucket) const {
        const std::uint64_t narrow = counts_[slot * stride_ + bucket];
        return spilt_[slot].empty() ? narrow : narrow + spilt_[slot][bucket];
    }

    std::vector<std::uint32_t>& widened(std::size_t slot) {
        auto& wide = spilt_[slot];
        if (wide.empty()) {
            wide.resize(stride_);
        }
        return wide;
    }

    void spill(std::size_t slot, std::size_t bucket) { widened(slot)[bucket] += 256; }

    std::size_t stride_;                                         ///< buckets of a slot
    std::vector<std::uint8_t, HugePages<std::uint8_t>> counts_;  ///< slot after slot, modulo 256
    std::vector<std::vector<std::uint32_t>> spilt_;  ///< of each slot the multiples of 256
};

}  // namespace kokemus::timeline
