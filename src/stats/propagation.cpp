#include "stats/propagation.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "stats/confidence.h"
#include "stats/moments.h"

namespace kokemus::stats {
namespace {

/// The value below which the share lies; nearest rank.
double quantile(std::vector<double>& values, double share) {
    const auto n = static_cast<double>(values.size());
    const auto rank = std::clamp(std::ceil(share * n), 1.0, n);
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(rank) - 1;
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

std::vector<Swing> swings_of(std::span<const Assumption> assumptions,
                             const std::function<double(std::span<const double>)>& value) {
    std::vector<double> at;
    for (const Assumption& assumption : assumptions) {
        at.push_back(assumption.mean);
    }
    const double z = one_sided_z(0.95);
    std::vector<Swing> swings;
    for (std::size_t i = 0; i < assumptions.size(); ++i) {
        const Assumption& assumption = assumptions[i];
        Swing swing{i, 0, 0};
        at[i] = assumption.mean - z * assumption.deviation;
        swing.low = value(at);
        at[i] = assumption.mean + z * assumption.deviation;
        swing.high = value(at);
        at[i] = assumption.mean;
        swings.push_back(swing);
    }
    std::ranges::stable_sort(swings, std::ranges::greater(), &Swing::width);
    return swings;
}

}  // namespace

Propagated propagate(std::span<const Assumption> assumptions,
                     const std::function<double(std::span<const double>)>& value,
                     const Propagation& propagation) {
    Propagated result;
    Random random = Random::named(propagation.seed, "propagation");
    std::vector<double> drawn(assumptions.size());
    std::vector<double> values;
    values.reserve(propagation.draws);
    Moments moments;
    std::uint64_t above = 0;
    for (std::uint64_t draw = 0; draw < propagation.draws; ++draw) {
        for (std::size_t i = 0; i < assumptions.size(); ++i) {
            drawn[i] = random.normal(assumptions[i].mean, assumptions[i].deviation);
        }
        const double is = value(drawn);
        if (moments.add(is)) {
            values.push_back(is);
            above += is > propagation.threshold ? 1 : 0;
        }
    }
    result.swings = swings_of(assumptions, value);
    result.draws = moments.count();
    if (values.empty()) {
        return result;
    }
    result.mean = moments.mean();
    result.above_threshold = static_cast<double>(above) / static_cast<double>(values.size());
    result.median = quantile(values, 0.5);
    result.interval = Interval{quantile(values, 0.05), quantile(values, 0.95)};
    return result;
}

}  // namespace kokemus::stats
