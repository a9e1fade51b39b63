#include "stats/clustered_mean.h"

#include <algorithm>
#include <cmath>

namespace kokemus::stats {
namespace {

constexpr std::uint64_t customers_for_t = 30;

}  // namespace

double effective_answers_by_customer(const Moments& answers, const RatioSums& by_customer) {
    if (answers.count() == 0) {
        return 0;
    }
    const double error = ratio_standard_error(by_customer);
    if (!(error > 0) || !(answers.variance() > 0)) {
        return std::min(static_cast<double>(by_customer.customers),
                        static_cast<double>(answers.count()));
    }
    const double effective = answers.variance() / (error * error);
    return std::clamp(effective, 1.0, static_cast<double>(answers.count()));
}

Estimate clustered_mean(const Moments& answers, const RatioSums& by_customer, const Range& range,
                        double confidence) {
    Estimate estimate;
    estimate.n = answers.count();
    estimate.method = "dirichlet-customers";
    estimate.interval = Interval{range.low, range.high};
    if (by_customer.customers < 2 || answers.count() == 0 || !(range.high > range.low)) {
        return estimate;
    }
    estimate.enough = true;
    estimate.estimate = answers.mean();
    const double error = ratio_standard_error(by_customer);
    if (by_customer.customers >= customers_for_t && error > 0) {
        estimate.method = "t-customers";
        const auto freedom = static_cast<double>(by_customer.customers - 1);
        const double half = two_sided_t(confidence, freedom) * error;
        estimate.interval = Interval{answers.mean() - half, answers.mean() + half};
    } else {
        // As many answers, all of different customers, with the same mean and spread. Below 30 of
        // them mean_estimate takes the Dirichlet; so do more of few customers.
        const double effective =
            std::min(effective_answers_by_customer(answers, by_customer), customers_for_t - 1.0);
        const auto whole = static_cast<std::uint64_t>(std::max(1.0, std::floor(effective)));
        const double squares = answers.squared_deviations() *
                               (static_cast<double>(whole) / static_cast<double>(answers.count()));
        estimate.interval =
            mean_estimate(Moments::from(whole, answers.mean(), squares), range, confidence)
                .interval;
    }
    estimate.interval.low = std::clamp(estimate.interval.low, range.low, answers.mean());
    estimate.interval.high = std::clamp(estimate.interval.high, answers.mean(), range.high);
    return estimate;
}

}  // namespace kokemus::stats
