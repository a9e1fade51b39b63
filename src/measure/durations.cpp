#include "measure/durations.h"

#include <algorithm>
#include <numeric>

namespace kokemus::measure {

void Durations::note(std::chrono::nanoseconds took) {
    const auto nanoseconds = std::max<std::int64_t>(0, took.count());
    const double seconds = static_cast<double>(nanoseconds) / 1e9;
    const auto bound = std::lower_bound(bounds_seconds.begin(), bounds_seconds.end(), seconds);
    const auto bucket = static_cast<std::size_t>(bound - bounds_seconds.begin());
    counts_.at(bucket).fetch_add(1, std::memory_order_relaxed);
    sum_nanoseconds_.fetch_add(static_cast<std::uint64_t>(nanoseconds), std::memory_order_relaxed);
}

Durations::State Durations::state() const {
    State state;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        state.counts.at(i) = counts_.at(i).load(std::memory_order_relaxed);
    }
    state.sum_seconds = static_cast<double>(sum_nanoseconds_.load(std::memory_order_relaxed)) / 1e9;
    return state;
}

std::uint64_t Durations::State::count() const {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

}  // namespace kokemus::measure
