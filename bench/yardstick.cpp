#include "yardstick.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/parallel.h"
#include "stopwatch.h"

namespace kokemus::bench {
namespace {

constexpr std::size_t array_doubles = 32U << 20U;  // 256 MiB each
constexpr std::size_t chunk_doubles = 1U << 20U;
constexpr std::size_t chunk_rows = 1U << 20U;
constexpr int tries = 5;

/// Keeps the compiler from leaving out what nobody reads.
template <typename T>
void keep(const T& value) {
    asm volatile("" : : "r,m"(value) : "memory");
}

template <typename Work>
double best_seconds(int repeats, const Work& work) {
    double best = std::numeric_limits<double>::max();
    for (int i = 0; i < repeats; ++i) {
        const Stopwatch watch;
        work();
        best = std::min(best, watch.wall_seconds());
    }
    return best;
}

std::uint64_t sum_of(const std::uint64_t* words, std::size_t count) {
    std::array<std::uint64_t, 8> sums{};
    for (std::size_t i = 0; i + 8 <= count; i += 8) {
        for (std::size_t lane = 0; lane < 8; ++lane) {
            sums[lane] += words[i + lane];
        }
    }
    return sums[0] + sums[1] + sums[2] + sums[3] + sums[4] + sums[5] + sums[6] + sums[7];
}

/// Counts of pairs of codes, in tables by turns: a counter that was just written is slow to read.
constexpr std::size_t tables = 4;
using PairCounts = std::vector<std::uint32_t>;

struct Bare {
    std::vector<std::uint8_t> codes;
    std::vector<std::uint32_t> seconds;
};

/// The touchpoints and times of all parts, one after the other, without what else is known.
Bare strip(const timeline::Timeline& timeline) {
    Bare bare;
    for (const auto& part : timeline.parts) {
        for (std::size_t row = 0; row < part.rows(); ++row) {
            bare.codes.push_back(static_cast<std::uint8_t>(part.touchpoint[row]));
            bare.seconds.push_back(static_cast<std::uint32_t>(part.time[row] / 1000));
        }
    }
    return bare;
}

void count_transitions(const Bare& bare, const Chunk& chunk, std::uint32_t* counts) {
    const std::uint8_t* codes = bare.codes.data();
    std::size_t i = chunk.from + 1;
    for (; i + tables <= chunk.to; i += tables) {
        for (std::size_t table = 0; table < tables; ++table) {
            const std::size_t pair = codes[i + table - 1] * 256U + codes[i + table];
            ++counts[table * 65536 + pair];
        }
    }
}

void count_with_times(const Bare& bare, const Chunk& chunk, std::uint64_t* sums) {
    const std::uint8_t* codes = bare.codes.data();
    const std::uint32_t* seconds = bare.seconds.data();
    for (std::size_t i = chunk.from + 1; i < chunk.to; ++i) {
        const std::size_t pair = codes[i - 1] * 256U + codes[i];
        // The count in the upper, the seconds in the lower bits: one store for both.
        sums[pair] += (std::uint64_t{1} << 40U) + (seconds[i] - seconds[i - 1]);
    }
}

}  // namespace

Bandwidth measure_bandwidth() {
    std::vector<double> a(array_doubles, 1), b(array_doubles, 2), c(array_doubles, 3);
    const auto bytes = static_cast<double>(array_doubles * sizeof(double));
    Bandwidth out;
    out.triad = 3 * bytes / best_seconds(tries, [&] {
                    for_each_chunk_plain(array_doubles, chunk_doubles, [&](const Chunk& chunk) {
                        const double* from = b.data();
                        const double* other = c.data();
                        double* into = a.data();
                        for (std::size_t i = chunk.from; i < chunk.to; ++i) {
                            into[i] = from[i] + 3.0 * other[i];
                        }
                    });
                    keep(a[0]);
                });
    std::vector<std::uint64_t> words(array_doubles, 1);
    out.read = bytes / best_seconds(tries, [&] {
                   for_each_chunk_plain(array_doubles, chunk_doubles, [&](const Chunk& chunk) {
                       keep(sum_of(words.data() + chunk.from, chunk.size()));
                   });
               });
    return out;
}

Floor measure_floor(const timeline::Timeline& timeline, int repeats) {
    const Bare bare = strip(timeline);
    std::vector<PairCounts> counts(worker_count(), PairCounts(tables * 65536));
    std::vector<std::vector<std::uint64_t>> sums(worker_count(), std::vector<std::uint64_t>(65536));
    Floor floor;
    floor.encounters = bare.codes.size();
    floor.transitions = best_seconds(repeats, [&] {
        for_each_chunk_plain(bare.codes.size(), chunk_rows, [&](const Chunk& chunk) {
            count_transitions(bare, chunk, counts[chunk.worker].data());
        });
    });
    floor.with_times = best_seconds(repeats, [&] {
        for_each_chunk_plain(bare.codes.size(), chunk_rows, [&](const Chunk& chunk) {
            count_with_times(bare, chunk, sums[chunk.worker].data());
        });
    });
    keep(counts[0][0]);
    keep(sums[0][0]);
    return floor;
}

}  // namespace kokemus::bench
