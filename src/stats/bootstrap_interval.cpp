#include "stats/bootstrap_interval.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/random.h"
#include "stats/quantile.h"

namespace kokemus::stats {
namespace {

/// How the spread changes with the value, by leaving out each value once.
double acceleration(std::span<const double> values, const Statistic& statistic) {
    std::vector<double> left_out;
    std::vector<double> rest(values.begin() + 1, values.end());
    for (std::size_t i = 0; i < values.size(); ++i) {
        left_out.push_back(statistic(rest));
        if (i < rest.size()) {
            rest[i] = values[i];
        }
    }
    double mean = 0;
    for (const double each : left_out) {
        mean += each / static_cast<double>(left_out.size());
    }
    double squares = 0;
    double cubes = 0;
    for (const double each : left_out) {
        const double gap = mean - each;
        squares += gap * gap;
        cubes += gap * gap * gap;
    }
    return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
}

/// The z below which a share of a normal lies.
double z_below(double share) {
    return share >= 0.5 ? one_sided_z(share) : -one_sided_z(1 - share);
}

}  // namespace

std::optional<Interval> bca_interval(std::span<const double> values, const Statistic& statistic,
                                     const BootstrapSettings& settings) {
    const bool finite =
        std::all_of(values.begin(), values.end(), [](double each) { return std::isfinite(each); });
    if (values.size() < 2 || settings.replicates < 2 || !finite) {
        return std::nullopt;
    }
    // 1. The statistic of values drawn again.
    Random random = Random::named(settings.seed, "bootstrap");
    std::vector<double> replicates(settings.replicates);
    std::vector<double> drawn(values.size());
    for (double& replicate : replicates) {
        for (double& each : drawn) {
            each = values[random.below(values.size())];
        }
        replicate = statistic(drawn);
    }
    std::sort(replicates.begin(), replicates.end());
    if (!(replicates.front() < replicates.back())) {
        return std::nullopt;
    }
    // 2. Bias: where the estimate stands among them, ties half.
    const double estimate = statistic(values);
    const auto below = std::lower_bound(replicates.begin(), replicates.end(), estimate);
    const auto above = std::upper_bound(below, replicates.end(), estimate);
    const auto count = static_cast<double>(replicates.size());
    const double place =
        (static_cast<double>(below - replicates.begin()) + static_cast<double>(above - below) / 2) /
        count;
    const double bias = z_below(std::clamp(place, 0.5 / count, 1 - 0.5 / count));
    // 3. The quantiles moved by bias and acceleration.
    const double speed = acceleration(values, statistic);
    const double z = two_sided_z(settings.confidence);
    const auto moved = [&](double end) {
        const double from = bias + end;
        // The speed is at most 1/6; for ends that far out the formula has no meaning beyond its
        // pole.
        return normal_below(bias + from / std::max(1 - speed * from, 1e-3));
    };
    return Interval{sorted_quantile(replicates, moved(-z)), sorted_quantile(replicates, moved(z))};
}

}  // namespace kokemus::stats
