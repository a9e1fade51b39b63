#include "stats/cusum.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <boost/math/distributions/normal.hpp>

#include "stats/absorbing_chain.h"
#include "stats/in_doubles.h"

namespace kokemus::stats {
namespace {

constexpr std::size_t chain_states = 400;
constexpr double siegmund_overshoot = 1.166;
constexpr double run_length_max = 1e9;

}  // namespace

bool Cusum::add(double z) {
    if (std::isfinite(z)) {
        value_ = std::max(0.0, value_ + z - reference_);
        rising_for_ = value_ > 0 ? rising_for_ + 1 : 0;
    }
    return alarm();
}

void Cusum::reset() {
    value_ = 0;
    rising_for_ = 0;
}

double cusum_run_length(double limit, double reference, double shift) {
    const boost::math::normal_distribution<double, InDoubles> normal;
    // State 0 is the sum at 0 with half a step above it; state i is the step around i * width.
    const double width = 2 * std::max(limit, 1e-9) / (2 * static_cast<double>(chain_states) - 1);
    // below[d] is the chance to come to lie below the upper end of the step d - chain_states above.
    std::vector<double> below(2 * chain_states + 1);
    for (std::size_t i = 0; i < below.size(); ++i) {
        const double steps = static_cast<double>(i) - static_cast<double>(chain_states);
        below[i] = boost::math::cdf(normal, (steps + 0.5) * width + reference - shift);
    }
    Chain chain(chain_states);
    for (std::size_t from = 0; from < chain_states; ++from) {
        chain.chance(from, 0) = below[chain_states - from];
        for (std::size_t to = 1; to < chain_states; ++to) {
            const std::size_t place = chain_states + to - from;
            chain.chance(from, to) = below[place] - below[place - 1];
        }
    }
    return expected_total(std::move(chain), std::vector<double>(chain_states, 1.0));
}

double cusum_run_length_near(double limit, double reference, double shift) {
    const double drift = shift - reference;
    const double height = limit + siegmund_overshoot;
    if (std::abs(drift) < 1e-6) {
        return height * height;
    }
    return (std::exp(-2 * drift * height) + 2 * drift * height - 1) / (2 * drift * drift);
}

double cusum_limit(double run_length, double reference) {
    if (!(run_length > 1)) {
        return 0;
    }
    const double wanted = std::log(std::min(run_length, run_length_max));
    // The logarithm of the run length is nearly a line in the limit: the secant needs few steps.
    double low = 0;
    double low_log = std::log(cusum_run_length(low, reference, 0));
    if (wanted <= low_log) {
        return 0;
    }
    double at = 1;
    while (std::log(cusum_run_length_near(at, reference, 0)) < wanted) {
        at *= 1.1;
    }
    for (int step = 0; step < 12; ++step) {
        const double log = std::log(cusum_run_length(at, reference, 0));
        if (std::abs(log - wanted) < 1e-9 || log == low_log) {
            break;
        }
        const double next = at + (wanted - log) * (at - low) / (log - low_log);
        low = at;
        low_log = log;
        at = std::max(next, 0.0);
    }
    return at;
}

double run_length_for_budget(double series, double values_per_period, double false_alarms) {
    return std::max(1.0, series * values_per_period / std::max(false_alarms, 1e-9));
}

}  // namespace kokemus::stats
