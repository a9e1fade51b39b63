#include "shape/session_gap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace kokemus::shape {
namespace {

constexpr std::uint64_t pauses_for_enough = 100;
constexpr int rounds_max = 2000;
constexpr double least_spread = 1e-3;
constexpr double least_share = 0.02;
constexpr double least_distance = 2;

struct Value {
    double log = 0;
    double times = 0;
};

struct Bell {
    double share = 0.5;
    double mean = 0;
    double spread = 1;

    double log_density(double x) const {
        const double z = (x - mean) / spread;
        return std::log(share) - std::log(spread) - z * z / 2;
    }
};

/// Share, mean and spread of values with weights.
Bell weighted(const std::vector<Value>& values, const std::vector<double>& weights, double all) {
    Bell bell{0, 0, 0};
    for (std::size_t i = 0; i < values.size(); ++i) {
        bell.share += weights[i];
        bell.mean += weights[i] * values[i].log;
    }
    bell.mean /= std::max(bell.share, 1e-300);
    for (std::size_t i = 0; i < values.size(); ++i) {
        bell.spread += weights[i] * (values[i].log - bell.mean) * (values[i].log - bell.mean);
    }
    bell.spread = std::max(std::sqrt(bell.spread / std::max(bell.share, 1e-300)), least_spread);
    bell.share = std::clamp(bell.share / all, 1e-12, 1 - 1e-12);
    return bell;
}

using Bells = std::array<Bell, 2>;

/// The lower and the upper half.
Bells halves(const std::vector<Value>& values, double all) {
    std::vector<double> lower;
    std::vector<double> upper;
    double seen = 0;
    for (const Value& value : values) {
        const double below = std::clamp(all / 2 - seen, 0.0, value.times);
        lower.push_back(below);
        upper.push_back(value.times - below);
        seen += value.times;
    }
    return {weighted(values, lower, all), weighted(values, upper, all)};
}

Bells maximise(const std::vector<Value>& values, double all) {
    Bells bells = halves(values, all);
    double last = -HUGE_VAL;
    std::vector<double> first(values.size());
    std::vector<double> second(values.size());
    for (int step = 0; step < rounds_max; ++step) {
        double log_likelihood = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double one = bells[0].log_density(values[i].log);
            const double other = bells[1].log_density(values[i].log);
            const double greater = std::max(one, other);
            const double sum =
                greater + std::log(std::exp(one - greater) + std::exp(other - greater));
            first[i] = values[i].times * std::exp(one - sum);
            second[i] = values[i].times - first[i];
            log_likelihood += values[i].times * sum;
        }
        bells = {weighted(values, first, all), weighted(values, second, all)};
        if (log_likelihood - last < 1e-10 * all) {
            break;
        }
        last = log_likelihood;
    }
    if (bells[1].mean < bells[0].mean) {
        std::swap(bells[0], bells[1]);
    }
    return bells;
}

/// Else a small bell is wholly under the slope of the other, and they cross nowhere between.
bool each_likelier_at_its_middle(const Bells& bells) {
    const auto ahead = [&bells](std::size_t one, std::size_t other) {
        return bells[one].log_density(bells[one].mean) > bells[other].log_density(bells[one].mean);
    };
    return ahead(0, 1) && ahead(1, 0);
}

/// Where both densities are equal, between the means: by halving.
double crossing(const Bells& bells) {
    double low = bells[0].mean;
    double high = bells[1].mean;
    for (int step = 0; step < 100; ++step) {
        const double middle = (low + high) / 2;
        const bool within = bells[0].log_density(middle) > bells[1].log_density(middle);
        (within ? low : high) = middle;
    }
    return (low + high) / 2;
}

}  // namespace

std::vector<std::uint32_t> sessions(std::span<const std::int64_t> times, std::int64_t gap) {
    std::vector<std::uint32_t> numbers;
    std::uint32_t number = 1;
    for (std::size_t i = 0; i < times.size(); ++i) {
        number += i > 0 && times[i] - times[i - 1] > gap ? 1 : 0;
        numbers.push_back(number);
    }
    return numbers;
}

std::optional<SessionGap> session_gap(std::span<const Pause> pauses) {
    std::vector<Value> values;
    SessionGap result;
    for (const Pause& pause : pauses) {
        if (pause.length > 0 && std::isfinite(pause.length) && pause.times > 0) {
            values.push_back(Value{std::log(pause.length), static_cast<double>(pause.times)});
            result.pauses += pause.times;
        }
    }
    std::ranges::sort(values, {}, &Value::log);
    if (result.pauses < pauses_for_enough || values.front().log == values.back().log) {
        return std::nullopt;
    }
    const Bells bells = maximise(values, static_cast<double>(result.pauses));
    result.gap = std::exp(crossing(bells));
    result.within = std::exp(bells[0].mean);
    result.between = std::exp(bells[1].mean);
    result.within_share = bells[0].share;
    result.within_spread = bells[0].spread;
    result.between_spread = bells[1].spread;
    // Ashman, Bird and Zepf 1994: sqrt(2) |difference| / sqrt(sum of variances).
    const double distance = std::sqrt(2.0) * (bells[1].mean - bells[0].mean) /
                            std::hypot(bells[0].spread, bells[1].spread);
    result.apart = distance > least_distance && bells[0].share >= least_share &&
                   bells[1].share >= least_share && each_likelier_at_its_middle(bells);
    return result;
}

}  // namespace kokemus::shape
