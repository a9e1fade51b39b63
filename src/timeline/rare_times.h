#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "timeline/sign.h"

namespace kokemus::timeline {

/// Durations of very many slots of which most have few: a list of slots and buckets
/// (stats::LogHistogram) with how many times each, in place of a histogram for every slot. Lets
/// repeats add up now and then, so that it never grows to more than twice what differs.
class RareTimes {
public:
    /// Adds 1: 5 ns, and a sort in the end.
    void add(std::uint32_t slot, std::uint16_t bucket) {
        fresh_.push_back(key_of(slot, bucket));
        if (fresh_.size() >= fresh_max_) {
            settle();
            fresh_max_ = std::max(fresh_min, settled_.size());
        }
    }

    /// Adds so many, or takes them away.
    void add(std::uint32_t slot, std::uint32_t bucket, std::uint64_t times, Sign sign) {
        settled_.push_back(Times{key_of(slot, bucket), with_sign(sign, times)});
        is_settled_ = false;
    }

    /// Adds up what belongs together: what has been added before is in order then.
    void settle();

    /// Calls `use(slot, bucket, times)` for all there are, some perhaps several times.
    template <typename Use>
    void for_each(const Use& use) const {
        for (const std::uint64_t key : fresh_) {
            use(slot_of(key), bucket_of(key), std::uint64_t{1});
        }
        for (const Times& each : settled_) {
            use(slot_of(each.key), bucket_of(each.key), each.times);
        }
    }

    /// Calls `use(bucket, times)` for those of a slot, ascending. Only while nothing was added
    /// since `settle`.
    template <typename Use>
    void for_each_of(std::uint32_t slot, const Use& use) const {
        const auto key = [](const Times& times) { return times.key; };
        for (auto each = std::ranges::lower_bound(settled_, key_of(slot, 0), {}, key);
             each != settled_.end() && slot_of(each->key) == slot;
             ++each) {
            use(bucket_of(each->key), each->times);
        }
    }

    bool is_settled() const { return is_settled_ && fresh_.empty(); }

    std::size_t bytes() const {
        return fresh_.size() * sizeof(std::uint64_t) + settled_.size() * sizeof(Times);
    }

private:
    struct Times {
        std::uint64_t key = 0;
        std::uint64_t times = 0;
    };

    static constexpr std::size_t fresh_min = 1U << 18U;
    static constexpr unsigned bucket_bits = 16;

    static std::uint64_t key_of(std::uint32_t slot, std::uint32_t bucket) {
        return std::uint64_t{slot} << bucket_bits | bucket;
    }
    static std::uint32_t slot_of(std::uint64_t key) {
        return static_cast<std::uint32_t>(key >> bucket_bits);
    }
    static std::uint32_t bucket_of(std::uint64_t key) {
        return static_cast<std::uint32_t>(key & ((std::uint64_t{1} << bucket_bits) - 1));
    }

    std::vector<std::uint64_t> fresh_;  ///< keys, in no order, once for each time
    std::size_t fresh_max_ = fresh_min;
    std::vector<Times> settled_;  ///< in order, each key once, none with 0 times, if is_settled_
    bool is_settled_ = true;
};

}  // namespace kokemus::timeline
