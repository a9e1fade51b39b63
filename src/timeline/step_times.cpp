#include "timeline/step_times.h"

#include <bit>
#include <cstddef>

#include "stats/log_histogram.h"
#include "timeline/block_columns.h"

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
[[gnu::always_inline]] inline void read_narrow(const Times& times, std::size_t first,
                                               std::size_t count,
                                               std::int64_t* __restrict milliseconds,
                                               std::uint16_t* __restrict buckets) {
    for (std::size_t i = 1; i < count; ++i) {
        const std::int64_t since = times[first + i] - times[first + i - 1];
        milliseconds[i] = since;
        buckets[i] = bucket_of(since);
    }
}

#if defined(__x86_64__)
/// The same for processors with vectors of 512 bits: at half the cost.
template <typename Times>
[[gnu::target("avx512f,avx512bw,avx512dq,avx512vl")]] void read_narrow_512(
    const Times& times, std::size_t first, std::size_t count, std::int64_t* milliseconds,
    std::uint16_t* buckets) {
    read_narrow(times, first, count, milliseconds, buckets);
}

bool has_512() {
    static const bool has =
        __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    return has;
}
#endif

template <typename Times>
void read_run(const Times& times, std::size_t first, std::size_t count, std::int64_t* milliseconds,
              std::uint16_t* buckets) {
#if defined(__x86_64__)
    if (has_512()) {
        read_narrow_512(times, first, count, milliseconds, buckets);
        return;
    }
#endif
    read_narrow(times, first, count, milliseconds, buckets);
}

void read_run(const TimeColumn::Wide& times, std::size_t first, std::size_t count,
              std::int64_t* milliseconds, std::uint16_t* buckets) {
    for (std::size_t i = 1; i < count; ++i) {
        const std::int64_t since = times[first + i] - times[first + i - 1];
        milliseconds[i] = since;
        buckets[i] = static_cast<std::uint16_t>(stats::LogHistogram::bucket(since));
    }
}

}  // namespace

void read_step_times(const TimeColumn& time, const Block& block, std::int64_t* milliseconds,
                     std::uint16_t* buckets) {
    time.visit([&](const auto& times) {
        if (block.is_run()) {
            read_run(times, block.first_row(), block.size(), milliseconds, buckets);
            return;
        }
        std::int64_t before = 0;
        for_each_row(block, [&](std::size_t place, Row row) {
            const std::int64_t now = times[row];
            milliseconds[place] = now - before;
            buckets[place] = static_cast<std::uint16_t>(stats::LogHistogram::bucket(now - before));
            before = now;
        });
    });
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        milliseconds[block.offsets[unit]] = 0;
        buckets[block.offsets[unit]] = 0;
    }
}

}  // namespace kokemus::timeline
