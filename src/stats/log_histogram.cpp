#include "stats/log_histogram.h"

#include <algorithm>
#include <cmath>

namespace kokemus::stats {

double LogHistogram::middle(std::uint32_t bucket) {
    if (bucket < 128) {
        return bucket;  // one value each
    }
    const std::uint32_t doublings = bucket / 64 - 1;
    const auto least =
        std::ldexp(static_cast<double>(bucket % 64 + 64), static_cast<int>(doublings));
    const auto width = std::ldexp(1.0, static_cast<int>(doublings));
    return least +
           (width - 1) / 2;  // halfway between the least and the greatest whole value inside
}

void LogHistogram::add_bucket(std::uint32_t bucket, std::uint64_t times) {
    if (times == 0) {
        return;
    }
    count_ += times;
    if (buckets_.empty() || buckets_.back().bucket < bucket) {
        buckets_.push_back(Bucket{bucket, times});
        return;
    }
    const auto place = std::ranges::lower_bound(buckets_, bucket, {}, &Bucket::bucket);
    if (place->bucket == bucket) {
        place->times += times;
    } else {
        buckets_.insert(place, Bucket{bucket, times});
    }
}

void LogHistogram::merge(const LogHistogram& other) {
    std::vector<Bucket> merged;
    merged.reserve(buckets_.size() + other.buckets_.size());
    auto mine = buckets_.begin();
    auto theirs = other.buckets_.begin();
    while (mine != buckets_.end() || theirs != other.buckets_.end()) {
        if (theirs == other.buckets_.end() ||
            (mine != buckets_.end() && mine->bucket < theirs->bucket)) {
            merged.push_back(*mine++);
        } else if (mine == buckets_.end() || theirs->bucket < mine->bucket) {
            merged.push_back(*theirs++);
        } else {
            merged.push_back(Bucket{mine->bucket, mine->times + theirs->times});
            ++mine;
            ++theirs;
        }
    }
    buckets_ = std::move(merged);
    count_ += other.count_;
}

std::uint64_t LogHistogram::nearest_rank(double q, std::uint64_t n) {
    // q * n may lie a hair above the whole number it means (0.1 * 30), which must not cost a rank.
    const double exact = std::clamp(q, 0.0, 1.0) * static_cast<double>(n);
    const auto rank = static_cast<std::uint64_t>(std::ceil(exact * (1 - 1e-14)));
    return std::clamp<std::uint64_t>(rank, 1, std::max<std::uint64_t>(n, 1));
}

double LogHistogram::quantile(double q) const {
    return at_rank(nearest_rank(q, count_));
}

double LogHistogram::at_rank(std::uint64_t rank) const {
    std::uint64_t seen = 0;
    for (const Bucket& each : buckets_) {
        seen += each.times;
        if (seen >= rank) {
            return middle(each.bucket);
        }
    }
    return buckets_.empty() ? 0.0 : middle(buckets_.back().bucket);
}

}  // namespace kokemus::stats
