#include "timeline/time_column.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/parallel.h"

namespace kokemus::timeline {
namespace {

constexpr std::size_t chunk_rows = 1U << 18U;
constexpr std::int64_t second = 1000;

/// The times as multiples of `unit` from `base`, their lowest 32 bits.
Array<std::uint32_t> low_of(std::span<const std::int64_t> times, std::int64_t base,
                            std::int64_t unit) {
    std::vector<std::uint32_t> low(times.size());
    for_each_chunk_plain(times.size(), chunk_rows, [&](const Chunk& chunk) {
        for (std::size_t row = chunk.from; row < chunk.to; ++row) {
            low[row] = static_cast<std::uint32_t>((times[row] - base) / unit);
        }
    });
    return Array(std::move(low));
}

bool all_whole_seconds(std::span<const std::int64_t> times) {
    return std::ranges::all_of(times, [](std::int64_t time) { return time % second == 0; });
}

}  // namespace

TimeColumn TimeColumn::make(std::span<const std::int64_t> times) {
    TimeColumn column;
    if (times.empty()) {
        return column;
    }
    const auto [first, latest] = std::ranges::minmax(times);
    // Unsigned, as the distance may be beyond what a signed number holds.
    const std::uint64_t span =
        static_cast<std::uint64_t>(latest) - static_cast<std::uint64_t>(first);
    column.base_ = first;
    column.find_spans(times);
    if (span >> 32U == 0) {
        column.low_ = low_of(times, first, 1);
    } else if (span / second >> 32U == 0 && all_whole_seconds(times)) {
        column.unit_ = second;
        column.low_ = low_of(times, first, second);
    } else if (span >> 40U == 0) {
        column.low_ = low_of(times, first, 1);
        std::vector<std::uint8_t> high(times.size());
        for (std::size_t row = 0; row < times.size(); ++row) {
            high[row] = static_cast<std::uint8_t>((times[row] - first) >> 32U);
        }
        column.high_ = Array(std::move(high));
    } else {
        column.base_ = 0;
        column.wide_ = Array(std::vector<std::int64_t>(times.begin(), times.end()));
    }
    return column;
}

void TimeColumn::find_spans(std::span<const std::int64_t> times) {
    std::vector<std::int64_t> least, greatest;
    for (std::size_t row = 0; row < times.size(); row += span_rows) {
        const auto [first, latest] =
            std::ranges::minmax(times.subspan(row, std::min(span_rows, times.size() - row)));
        least.push_back(first);
        greatest.push_back(latest);
    }
    least_ = Array(std::move(least));
    greatest_ = Array(std::move(greatest));
}

bool TimeColumn::lie_within(Row from, Row to, std::int64_t first, std::int64_t latest) const {
    const std::size_t end = (to + span_rows - 1) / span_rows;
    bool within = true;
    for (std::size_t span = from / span_rows; span < end; ++span) {
        within &= first <= least_[span] && greatest_[span] <= latest;
    }
    return within;
}

}  // namespace kokemus::timeline
