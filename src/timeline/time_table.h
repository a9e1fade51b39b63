#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "base/huge_pages.h"
#include "stats/log_histogram.h"
#include "timeline/rare_times.h"
#include "timeline/sign.h"

namespace kokemus::timeline {

/// A histogram of durations for each of many slots (edges of a flow), in the buckets of
/// stats::LogHistogram. Counters have 8 bits and spill every 256th time, so that the buckets in use
/// of 1,600 edges stay in the second-level cache, which 32-bit counters miss at 3 times the cost.
///
/// The first slots have a row of counters each. Of those that come once there are very many, which
/// are seldom, only what occurs is listed: else a flow of 600,000 edges would clear, add up and
/// look through 2 KB for each of them.
class TimeTable {
public:
    static constexpr std::size_t rows_max = 4096;

    /// For durations up to `longest` milliseconds.
    explicit TimeTable(std::int64_t longest, std::size_t most_rows = rows_max)
        : stride_(stride_for(longest)),
          most_rows_(most_rows) {}

    std::size_t slots() const { return slots_; }

    /// Makes room for the slots below `slots`.
    void grow(std::size_t slots) {
        slots_ = std::max(slots_, slots);
        const std::size_t rows = std::min(slots_, most_rows_);
        if (rows > spilt_.size()) {
            spilt_.resize(rows);
            counts_.resize(rows * stride_);
        }
    }

    /// Adds 1 to the bucket of each slot, pair by pair. Costs 2 ns a pair; 5 and a sort where it is
    /// listed.
    void add(const std::uint32_t* slots, const std::uint16_t* buckets, std::size_t count) {
        if (slots_ == spilt_.size()) {
            add_in_rows(slots, buckets, count);
            return;
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (has_row(slots[i])) {
                add_in_rows(slots + i, buckets + i, 1);
            } else {
                rare_.add(slots[i], buckets[i]);
            }
        }
    }

    /// Adds what `other` has at each of its slots to that of `mine`, or takes it away; both have as
    /// many buckets. Costs 0.1 ns a bucket of a row and 1 ns one in use.
    void merge(std::span<const std::uint32_t> mine, const TimeTable& other, Sign sign) {
        for (std::size_t theirs = 0; theirs < other.spilt_.size(); ++theirs) {
            if (has_row(mine[theirs])) {
                merge_row(mine[theirs], other, theirs, sign);
            } else {
                other.for_each_in_row(theirs, [&](std::size_t bucket, std::uint64_t times) {
                    rare_.add(mine[theirs], static_cast<std::uint32_t>(bucket), times, sign);
                });
            }
        }
        other.rare_.for_each([&](std::uint32_t theirs, std::uint32_t bucket, std::uint64_t times) {
            if (has_row(mine[theirs])) {
                add_wide(mine[theirs], bucket, times, sign);
            } else {
                rare_.add(mine[theirs], bucket, times, sign);
            }
        });
    }

    /// Brings in order what is listed, which `histogram` needs.
    void settle() { rare_.settle(); }

    std::size_t bytes() const {
        std::size_t bytes = counts_.size() + spilt_.size() * sizeof(spilt_.front()) + rare_.bytes();
        for (const auto& wide : spilt_) {
            bytes += wide.size() * sizeof(std::uint32_t);
        }
        return bytes;
    }

    /// Only while nothing was added or merged since `settle`.
    stats::LogHistogram histogram(std::size_t slot) const {
        stats::LogHistogram histogram;
        const auto add = [&](std::size_t bucket, std::uint64_t times) {
            histogram.add_bucket(static_cast<std::uint32_t>(bucket), times);
        };
        if (has_row(slot)) {
            for_each_in_row(slot, add);
        } else {
            rare_.for_each_of(static_cast<std::uint32_t>(slot), add);
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
    bool has_row(std::size_t slot) const { return slot < spilt_.size(); }

    void add_in_rows(const std::uint32_t* slots, const std::uint16_t* buckets, std::size_t count) {
        std::uint8_t* const counts = counts_.data();
        const std::size_t stride = stride_;
        for (std::size_t i = 0; i < count; ++i) {
            if (++counts[slots[i] * stride + buckets[i]] == 0) [[unlikely]] {
                spill(slots[i], buckets[i]);
            }
        }
    }

    void merge_row(std::size_t mine, const TimeTable& other, std::size_t theirs, Sign sign) {
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

    template <typename Use>
    void for_each_in_row(std::size_t slot, const Use& use) const {
        const bool spilt = !spilt_[slot].empty();
        for (std::size_t eight = 0; eight < stride_; eight += 8) {
            if (spilt || any_of_eight(slot, eight)) {
                for (std::size_t bucket = eight; bucket < eight + 8; ++bucket) {
                    if (const std::uint64_t count = times(slot, bucket); count != 0) {
                        use(bucket, count);
                    }
                }
            }
        }
    }

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

    /// As above, of any number.
    void add_wide(std::size_t slot, std::size_t bucket, std::uint64_t more, Sign sign) {
        add_narrow(slot, bucket, static_cast<unsigned>(more % 256), sign);
        if (more >= 256) {
            widened(slot)[bucket] += with_sign(sign, static_cast<std::uint32_t>(more / 256 * 256));
        }
    }

    std::uint64_t times(std::size_t slot, std::size_t bucket) const {
        const std::uint64_t narrow = counts_[slot * stride_ + bucket];
        // Modulo 2^32: what was taken away may have gone below 0 on the way.
        return spilt_[slot].empty() ? narrow
                                    : static_cast<std::uint32_t>(narrow + spilt_[slot][bucket]);
    }

    std::vector<std::uint32_t>& widened(std::size_t slot) {
        auto& wide = spilt_[slot];
        if (wide.empty()) {
            wide.resize(stride_);
        }
        return wide;
    }

    void spill(std::size_t slot, std::size_t bucket) { widened(slot)[bucket] += 256; }

    std::size_t stride_;  ///< buckets of a slot
    std::size_t most_rows_;
    std::size_t slots_ = 0;
    std::vector<std::uint8_t, HugePages<std::uint8_t>> counts_;  ///< row after row, modulo 256
    std::vector<std::vector<std::uint32_t>> spilt_;  ///< of each row the multiples of 256
    RareTimes rare_;                                 ///< of slots that have no row
};

}  // namespace kokemus::timeline
