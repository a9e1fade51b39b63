#pragma once

#include <cstdint>
#include <vector>

namespace kokemus::stats {

/// Counts of non-negative values in buckets of growing width, from which quantiles come with a
/// relative error of at most 1 % (0 and 1..127 exactly). Mergeable; order of adding does not
/// matter. For times in milliseconds.
///
/// Buckets as in HdrHistogram: values below 64 have a bucket each, above that 64 buckets per power
/// of two, so a bucket is at most 1/64 of its value wide and its middle at most 1/128 (0.8 %) away
/// from any value in it. Keeps only the buckets in use: an empty histogram owns no memory. Adding
/// costs a binary search; a bucket beyond all others is appended, so filling in ascending order is
/// cheap.
class LogHistogram {
public:
    /// Buckets in use, ascending, none with 0 times.
    struct Bucket {
        std::uint32_t bucket = 0;
        std::uint64_t times = 0;

        friend bool operator==(const Bucket&, const Bucket&) = default;
    };

    /// One more than the greatest bucket there is: the size of an array that counts by bucket.
    static constexpr std::uint32_t bucket_count = 58 * 64;

    /// The bucket of a value; monotone. Values below 0 count as 0. Inline: engines count into
    /// arrays of their own.
    static std::uint32_t bucket(std::int64_t value) {
        if (value < 64) {
            return value < 0 ? 0U : static_cast<std::uint32_t>(value);
        }
        const auto bits = 63 - __builtin_clzll(static_cast<unsigned long long>(value));
        return static_cast<std::uint32_t>((bits - 5) * 64 + (value >> (bits - 6)) - 64);
    }

    /// The middle of a bucket.
    static double middle(std::uint32_t bucket);

    void add(std::int64_t value, std::uint64_t times = 1) { add_bucket(bucket(value), times); }

    void add_bucket(std::uint32_t bucket, std::uint64_t times);
    void merge(const LogHistogram& other);

    std::uint64_t count() const { return count_; }

    const std::vector<Bucket>& buckets() const { return buckets_; }

    /// The q-quantile, 0 <= q <= 1, by the nearest-rank definition (smallest value with at least
    /// q*n values at or below it). 0 when empty.
    double quantile(double q) const;

    /// The value of the rank-th smallest, 1 <= rank <= count(); a rank outside is moved to the
    /// nearer end. 0 when empty.
    double at_rank(std::uint64_t rank) const;

    /// The rank that `quantile(q)` reads, of n values: the least whole number at or above q*n, at
    /// least 1.
    static std::uint64_t nearest_rank(double q, std::uint64_t n);

    friend bool operator==(const LogHistogram&, const LogHistogram&) = default;

private:
    std::vector<Bucket> buckets_;
    std::uint64_t count_ = 0;
};

}  // namespace kokemus::stats
