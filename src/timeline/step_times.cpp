#include "timeline/step_times.h"

#include <bit>
#include <cstddef>
#include <type_traits>

#include "stats/log_histogram.h"
#include "timeline/block_columns.h"
#include "timeline/full_width.h"

namespace kokemus::timeline {
namespace {

/// stats::LogHistogram::bucket of 0 <= value < 2^52 without a branch, so that loops of it become
/// vectors. Setting the bits of 2^52 above the value and taking 2^52 away again makes a double of
/// it, whose exponent and first 6 binary digits are the bucket.
inline std::uint16_t bucket_of(std::int64_t value) {
    constexpr std::uint64_t bits_of_2_52 = 0x4330'0000'0000'0000U;
    const auto bits = static_cast<std::uint64_t>(value);
    const double number = std::bit_cast<double>(bits | bits_of_2_52) - 0x1p52;
    const std::uint64_t steps = (std::bit_cast<std::uint64_t>(number) >> 46U) - (1023 + 5) * 64;
    return static_cast<std::uint16_t>(number < 64.0 ? bits : steps);
}

/// In 34 years (and 136) there are fewer milliseconds than 2^52.
template <typename Times>
inline std::uint16_t bucket_in(std::int64_t since) {
    if constexpr (std::is_same_v<Times, TimeColumn::Wide>) {
        return static_cast<std::uint16_t>(stats::LogHistogram::bucket(since));
    } else {
        return bucket_of(since);
    }
}

template <typename Times>
[[gnu::always_inline]] inline void read_steps(const Times& times, std::size_t first,
                                              std::size_t count,
                                              std::int64_t* __restrict milliseconds,
                                              std::uint16_t* __restrict buckets) {
    for (std::size_t i = 1; i < count; ++i) {
        const std::int64_t since = times[first + i] - times[first + i - 1];
        milliseconds[i] = since;
        buckets[i] = bucket_in<Times>(since);
    }
}

template <typename Times>
void read_rows(const Times& times, const Block& block, std::int64_t* __restrict milliseconds,
               std::uint16_t* __restrict buckets) {
    std::int64_t before = 0;
    for_each_row(block, [&](std::size_t place, Row row) {
        const std::int64_t now = times[row];
        milliseconds[place] = now - before;
        before = now;
    });
    at_full_width([=, count = block.size()] {
        for (std::size_t i = 0; i < count; ++i) {
            buckets[i] = bucket_in<Times>(milliseconds[i]);
        }
    });
}

}  // namespace

void read_step_times(const TimeColumn& time, const Block& block, std::int64_t* milliseconds,
                     std::uint16_t* buckets) {
    time.visit([&](const auto& times) {
        using Times = std::remove_cvref_t<decltype(times)>;
        if (block.is_run()) {
            at_full_width([&, first = block.first_row(), count = block.size()] {
                read_steps<Times>(times, first, count, milliseconds, buckets);
            });
        } else {
            read_rows<Times>(times, block, milliseconds, buckets);
        }
    });
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        milliseconds[block.offsets[unit]] = 0;
        buckets[block.offsets[unit]] = 0;
    }
}

}  // namespace kokemus::timeline
