#include "stats/posterior_rank.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kokemus::stats {
namespace {

/// The standard error of an expected rank is then below 1 % of the league's length.
constexpr std::size_t draws = 4000;

/// The least rank that at least this share of the draws do not exceed.
double rank_quantile(const std::vector<std::uint32_t>& times_at, double share) {
    const auto needed = share * static_cast<double>(draws);
    double seen = 0;
    for (std::size_t rank = 0; rank < times_at.size(); ++rank) {
        seen += times_at[rank];
        if (seen >= needed && seen > 0) {
            return static_cast<double>(rank + 1);
        }
    }
    return static_cast<double>(times_at.size());
}

}  // namespace

std::vector<PosteriorRank> posterior_ranks(std::size_t units, const DrawUnit& draw,
                                           std::uint64_t seed, double confidence) {
    std::vector<std::vector<std::uint32_t>> times_at(units, std::vector<std::uint32_t>(units));
    std::vector<double> values(units);
    std::vector<std::size_t> order(units);
    Random random = Random::named(seed, "posterior ranks");
    for (std::size_t i = 0; i < draws; ++i) {
        for (std::size_t unit = 0; unit < units; ++unit) {
            values[unit] = draw(unit, random);
        }
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(), [&values](std::size_t a, std::size_t b) {
            return values[a] != values[b] ? values[a] > values[b] : a < b;
        });
        for (std::size_t rank = 0; rank < units; ++rank) {
            ++times_at[order[rank]][rank];
        }
    }
    std::vector<PosteriorRank> ranks(units);
    const double outside = (1 - confidence) / 2;
    for (std::size_t unit = 0; unit < units; ++unit) {
        for (std::size_t rank = 0; rank < units; ++rank) {
            ranks[unit].expected += static_cast<double>(rank + 1) * times_at[unit][rank] / draws;
        }
        ranks[unit].first = times_at[unit][0] / static_cast<double>(draws);
        ranks[unit].interval = Interval{rank_quantile(times_at[unit], outside),
                                        rank_quantile(times_at[unit], 1 - outside)};
    }
    return ranks;
}

}  // namespace kokemus::stats
