#include "promise/keeping_curve.h"

#include <algorithm>
#include <cmath>

#include "stats/confidence.h"
#include "stats/wilson.h"

namespace kokemus::promise {
namespace {

constexpr std::uint64_t watched_min = 10;

std::uint64_t before(const std::vector<std::int64_t>& times, std::int64_t time) {
    return static_cast<std::uint64_t>(std::ranges::lower_bound(times, time) - times.begin());
}

}  // namespace

KeepingCurve::KeepingCurve(std::span<const Watched> watched) {
    std::vector<std::int64_t> keepings;
    for (const Watched& one : watched) {
        if (one.exit <= one.entry) {
            continue;
        }
        entries_.push_back(one.entry);
        exits_.push_back(one.exit);
        if (one.kept) {
            keepings.push_back(one.exit);
        }
    }
    std::ranges::sort(entries_);
    std::ranges::sort(exits_);
    std::ranges::sort(keepings);
    kept_ = keepings.size();
    Step sum;
    for (auto first = keepings.begin(); first != keepings.end();) {
        const auto last = std::upper_bound(first, keepings.end(), *first);
        const auto d = static_cast<double>(last - first);
        // Whoever enters at a time is watched after it, whoever exits at it still then.
        const std::uint64_t watched_then = before(entries_, *first) - before(exits_, *first);
        const auto n = static_cast<double>(watched_then);
        if (watched_then >= watched_min) {
            sum.time = *first;
            if (d < n) {
                sum.log_share += std::log1p(-d / n);
                sum.variance += d / (n * (n - d));
            } else {
                ++sum.zeros;
            }
            steps_.push_back(sum);
        }
        first = last;
    }
}

KeepingCurve::Step KeepingCurve::at(std::int64_t time) const {
    const auto after = std::ranges::upper_bound(steps_, time, {}, &Step::time);
    return after == steps_.begin() ? Step{} : *std::prev(after);
}

std::optional<KeepingCurve::Chance> KeepingCurve::not_kept_by(std::int64_t due, std::int64_t now,
                                                              double confidence) const {
    const std::uint64_t watched_now = before(entries_, now + 1) - before(exits_, now + 1);
    if (watched_now == 0) {
        return std::nullopt;
    }
    const Step then = at(due);
    const Step present = at(now);
    Chance chance;
    chance.n = watched_now;
    chance.not_kept = then.zeros > present.zeros ? 0 : std::exp(then.log_share - present.log_share);
    const double variance = then.variance - present.variance;
    const double p = chance.not_kept;
    // Where nothing was kept between, or all was, those watched now are all there is to go by.
    const double n = p > 0 && p < 1 && variance > 0 ? (1 - p) / (p * variance)
                                                    : static_cast<double>(watched_now);
    const stats::Interval interval = stats::wilson_of_share(p, n, confidence);
    chance.low = interval.low;
    chance.high = interval.high;
    return chance;
}

}  // namespace kokemus::promise
