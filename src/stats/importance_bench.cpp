// importance_bench [ROWS] [FACTORS] [REPLICATES]: how long the importance of factors with intervals
// takes, by the clock: adding the rows, and all that follows.
#include <chrono>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>

#include "base/parallel.h"
#include "base/random.h"
#include "stats/importance_bootstrap.h"

namespace {

using kokemus::Random;
using kokemus::stats::FactorSums;
using SteadyClock = std::chrono::steady_clock;

double seconds_since(SteadyClock::time_point start) {
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

/// Episodes of customers, three each; factors that share a mood, and a score.
std::vector<double> rows_of(std::size_t rows, std::size_t factors) {
    Random random(1);
    std::vector<double> values;
    values.reserve(rows * (factors + 1));
    for (std::size_t row = 0; row < rows; ++row) {
        const double mood = random.normal();
        double score = random.normal();
        for (std::size_t i = 0; i < factors; ++i) {
            values.push_back(random.normal() + mood / 2);
            score += values.back() * static_cast<double>(i) / 20;
        }
        values.push_back(score);
    }
    return values;
}

std::size_t argument(int count, char** words, int place, std::size_t otherwise) {
    return count > place ? std::strtoull(words[place], nullptr, 10) : otherwise;
}

}  // namespace

int main(int count, char** words) {
    const std::size_t rows = argument(count, words, 1, 1'000'000);
    const std::size_t factors = argument(count, words, 2, 12);
    const std::size_t replicates = argument(count, words, 3, 1000);
    const std::vector<double> values = rows_of(rows, factors);
    auto start = SteadyClock::now();
    FactorSums sums(factors);
    for (std::size_t row = 0; row < rows; ++row) {
        sums.add(row / 3, std::span(values).subspan(row * (factors + 1), factors + 1));
    }
    fmt::print("{} rows of {} factors added in {:.2f} s\n", rows, factors, seconds_since(start));
    start = SteadyClock::now();
    kokemus::stats::ImportanceSettings settings;
    settings.replicates = replicates;
    const auto found = importance_with_intervals(sums, settings);
    if (!found) {
        fmt::print("nothing to be said of so few rows\n");
        return 1;
    }
    fmt::print(
        "importance with {} replicates on {} threads in {:.2f} s; the last share {:.4f}, {:.4f} to "
        "{:.4f}\n",
        found->replicates,
        kokemus::worker_count(),
        seconds_since(start),
        found->importance.shares.back(),
        found->shares.back().low,
        found->shares.back().high);
    return 0;
}
