#include "stats/mean.h"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/beta.hpp>

#include "stats/in_doubles.h"

namespace kokemus::stats {
namespace {

constexpr std::uint64_t answers_for_t = 30;
constexpr int levels_max = 11;

/// Quantiles of the Beta distribution on the range with this mean and deviation.
Interval beta_interval(const Posterior& posterior, const Range& range, double confidence) {
    const double width = range.high - range.low;
    const double mean = (posterior.mean - range.low) / width;
    const double variance = posterior.deviation * posterior.deviation / (width * width);
    const double size = mean * (1 - mean) / variance - 1;
    if (!(mean > 0 && mean < 1 && size > 0)) {
        return Interval{range.low, range.high};  // values beyond the range
    }
    const boost::math::beta_distribution<double, InDoubles> beta(mean * size, (1 - mean) * size);
    const double outside = (1 - confidence) / 2;
    const double low = boost::math::quantile(beta, outside);
    const double high = boost::math::quantile(boost::math::complement(beta, outside));
    return Interval{range.low + width * low, range.low + width * high};
}

Interval t_interval(const Moments& values, double confidence) {
    const auto n = static_cast<double>(values.count());
    const double half = two_sided_t(confidence, n - 1) * std::sqrt(values.variance() / n);
    return Interval{values.mean() - half, values.mean() + half};
}

}  // namespace

Posterior mean_posterior(const Moments& values, const Range& range) {
    const int levels = std::clamp(range.levels, 2, levels_max);
    Moments prior;
    for (int level = 0; level < levels; ++level) {
        prior.add(range.low + (range.high - range.low) * level / (levels - 1));
    }
    // Half an answer at each level: half the weight and half the squares of the levels.
    const double prior_weight = levels / 2.0;
    const auto n = static_cast<double>(values.count());
    const double weight = n + prior_weight;
    const double mean = (values.mean() * n + prior.mean() * prior_weight) / weight;
    const double gap = values.mean() - prior.mean();
    const double squares = values.squared_deviations() + prior.squared_deviations() / 2 +
                           gap * gap * n * prior_weight / weight;
    return Posterior{mean, std::sqrt(squares / weight / (weight + 1))};
}

Estimate mean_estimate(const Moments& values, const Range& range, double confidence) {
    Estimate estimate;
    estimate.n = values.count();
    estimate.method = "dirichlet";
    if (values.count() == 0 || !(range.high > range.low)) {
        estimate.interval = Interval{range.low, range.high};
        return estimate;
    }
    estimate.enough = true;
    estimate.estimate = values.mean();
    if (values.count() >= answers_for_t && values.variance() > 0) {
        estimate.method = "t";
        estimate.interval = t_interval(values, confidence);
    } else {
        estimate.interval = beta_interval(mean_posterior(values, range), range, confidence);
    }
    estimate.interval.low = std::min(values.mean(), std::max(range.low, estimate.interval.low));
    estimate.interval.high = std::max(values.mean(), std::min(range.high, estimate.interval.high));
    return estimate;
}

std::optional<Difference> welch(const Moments& first, const Moments& second, double confidence) {
    if (first.count() < 2 || second.count() < 2) {
        return std::nullopt;
    }
    const double first_share = first.variance() / static_cast<double>(first.count());
    const double second_share = second.variance() / static_cast<double>(second.count());
    const double variance = first_share + second_share;
    if (!(variance > 0)) {
        return std::nullopt;
    }
    // Satterthwaite's degrees of freedom.
    const double freedom = variance * variance /
                           (first_share * first_share / static_cast<double>(first.count() - 1) +
                            second_share * second_share / static_cast<double>(second.count() - 1));
    Difference difference;
    difference.estimate = first.mean() - second.mean();
    difference.standard_error = std::sqrt(variance);
    difference.statistic = difference.estimate / difference.standard_error;
    difference.p_value = two_sided_p(difference.statistic, freedom);
    const double half = two_sided_t(confidence, freedom) * difference.standard_error;
    difference.interval = Interval{difference.estimate - half, difference.estimate + half};
    return difference;
}

}  // namespace kokemus::stats
