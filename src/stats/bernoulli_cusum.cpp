#include "stats/bernoulli_cusum.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "stats/absorbing_chain.h"

namespace kokemus::stats {
namespace {

constexpr double levels_max = 400;
constexpr double run_length_max = 1e9;
constexpr double limit_max = 50;

double step_up(const Shares& shares) {
    return std::log(shares.worse / shares.usual);
}

double step_down(const Shares& shares) {
    return std::log((1 - shares.usual) / (1 - shares.worse));
}

/// The distance of the levels: a whole part of the step down, so that going down is exact, unless
/// that takes too many of them.
double level_width(double down, double limit) {
    const double parts = std::floor(levels_max * down / limit);
    return parts >= 1 ? down / parts : limit / levels_max;
}

/// Adds a way to `place`, which lies between two levels, so that the mean is kept.
void go(Chain& chain, std::size_t from, double place, double chance) {
    const double least = std::floor(place + 1e-9);
    const double beyond = std::clamp(place - least, 0.0, 1.0);
    const auto last = chain.states - 1;
    const auto level = std::min(static_cast<std::size_t>(least), last);
    chain.chance(from, level) += chance * (1 - beyond);
    chain.chance(from, std::min(level + 1, last)) += chance * beyond;
}

}  // namespace

BernoulliCusum::BernoulliCusum(const Shares& shares, double limit)
    : up_(step_up(shares)),
      down_(step_down(shares)),
      limit_(limit) {}

bool BernoulliCusum::add(bool bad) {
    value_ = std::max(0.0, value_ + (bad ? up_ : -down_));
    rising_for_ = value_ > 0 ? rising_for_ + 1 : 0;
    return alarm();
}

void BernoulliCusum::reset() {
    value_ = 0;
    rising_for_ = 0;
}

double bernoulli_cusum_run_length(const Shares& shares, double limit, double is) {
    const double up = step_up(shares);
    const double down = step_down(shares);
    limit = std::max(limit, 1e-6);
    const double width = level_width(down, limit);
    Chain chain(static_cast<std::size_t>(limit / width + 1e-9) + 1);
    for (std::size_t from = 0; from < chain.states; ++from) {
        const double place = static_cast<double>(from);
        if (place * width + up <= limit) {
            go(chain, from, place + up / width, is);
        }
        go(chain, from, std::max(0.0, place - down / width), 1 - is);
    }
    const std::size_t states = chain.states;
    return expected_total(std::move(chain), std::vector<double>(states, 1.0));
}

double bernoulli_cusum_limit(const Shares& shares, double run_length) {
    const double wanted = std::min(run_length, run_length_max);
    double low = 0;
    double high = 1;
    while (high < limit_max && bernoulli_cusum_run_length(shares, high, shares.usual) < wanted) {
        low = high;
        high *= 2;
    }
    while (high - low > 0.001) {
        const double middle = (low + high) / 2;
        const bool enough = bernoulli_cusum_run_length(shares, middle, shares.usual) >= wanted;
        (enough ? high : low) = middle;
    }
    return high;
}

}  // namespace kokemus::stats
