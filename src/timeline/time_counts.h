#pragma once

#include <cstdint>
#include <vector>

#include "stats/log_histogram.h"
#include "timeline/sign.h"

namespace kokemus::timeline {

/// Durations in the buckets of stats::LogHistogram, in 32 bits each (there are fewer rows than
/// that), with their total.
class TimeCounts {
public:
    void add(std::int64_t milliseconds) {
        const std::uint32_t bucket = stats::LogHistogram::bucket(milliseconds);
        if (bucket >= counts_.size()) {
            counts_.resize(bucket + 64);
        }
        ++counts_[bucket];
        sum_ += milliseconds;
    }

    void merge(const TimeCounts& other, Sign sign = Sign::Plus) {
        if (counts_.size() < other.counts_.size()) {
            counts_.resize(other.counts_.size());
        }
        for (std::size_t bucket = 0; bucket < other.counts_.size(); ++bucket) {
            counts_[bucket] += with_sign(sign, other.counts_[bucket]);
        }
        sum_ += with_sign(sign, other.sum_);
    }

    stats::LogHistogram histogram() const {
        stats::LogHistogram histogram;
        for (std::size_t bucket = 0; bucket < counts_.size(); ++bucket) {
            if (counts_[bucket] != 0) {
                histogram.add_bucket(static_cast<std::uint32_t>(bucket), counts_[bucket]);
            }
        }
        return histogram;
    }

    std::size_t bytes() const { return counts_.size() * sizeof(counts_.front()); }

    double seconds_sum() const { return static_cast<double>(sum_) / 1000; }

private:
    std::vector<std::uint32_t> counts_;
    std::int64_t sum_ = 0;
};

}  // namespace kokemus::timeline
