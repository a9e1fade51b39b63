#include "stats/restricted_mean.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace kokemus::stats {
namespace {

/// Where the curve steps down.
struct Step {
    double time = 0;
    double survival = 1;  ///< from here on
    double share = 0;     ///< d / (n (n - d)) of Greenwood's sum; 0 when nobody is left
};

std::vector<Step> steps_of(const FollowUp& follow_up, std::int64_t until, bool& reached) {
    std::vector<Step> steps;
    std::uint64_t at_risk = follow_up.subjects;
    double survival = 1;
    auto censoring = follow_up.censored.begin();
    const auto leave_before = [&](std::int64_t time) {
        for (; censoring != follow_up.censored.end() && censoring->first < time; ++censoring) {
            at_risk -= std::min(censoring->second, at_risk);
        }
    };
    for (const auto& [time, events] : follow_up.events) {
        if (time > until) {
            break;
        }
        leave_before(time);
        const auto n = static_cast<double>(at_risk);
        const auto happened = std::min<std::uint64_t>(events, at_risk);
        const auto d = static_cast<double>(happened);
        if (happened == 0) {
            continue;
        }
        survival *= (n - d) / n;
        steps.push_back(Step{static_cast<double>(std::max<std::int64_t>(time, 0)),
                             survival,
                             happened < at_risk ? d / (n * (n - d)) : 0});
        at_risk -= happened;
    }
    leave_before(until);
    reached = follow_up.subjects > 0 && (at_risk > 0 || survival == 0);
    return steps;
}

}  // namespace

RestrictedMean restricted_mean(const FollowUp& follow_up, std::int64_t until, double confidence) {
    RestrictedMean result;
    result.subjects = follow_up.subjects;
    const auto end = static_cast<double>(std::max<std::int64_t>(until, 0));
    result.interval = Interval{0, end};
    if (follow_up.subjects == 0) {
        return result;
    }
    const std::vector<Step> steps = steps_of(follow_up, until, result.reached);
    // From the end to the beginning: `area` is what lies below the curve after each step.
    double area = 0;
    double variance = 0;
    double right = end;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        area += step->survival * (right - step->time);
        variance += area * area * step->share;
        right = step->time;
    }
    result.mean = area + right;
    result.standard_error = std::sqrt(variance);
    if (variance > 0) {
        const double half = two_sided_z(confidence) * result.standard_error;
        result.interval =
            Interval{std::max(0.0, result.mean - half), std::min(end, result.mean + half)};
    }
    return result;
}

Difference restricted_mean_difference(const FollowUp& first, const FollowUp& second,
                                      std::int64_t until, double confidence) {
    const RestrictedMean one = restricted_mean(first, until, confidence);
    const RestrictedMean other = restricted_mean(second, until, confidence);
    Difference difference;
    difference.estimate = one.mean - other.mean;
    difference.standard_error = std::hypot(one.standard_error, other.standard_error);
    difference.interval = square_and_add(one.mean, one.interval, other.mean, other.interval);
    if (difference.standard_error > 0) {
        difference.statistic = difference.estimate / difference.standard_error;
        difference.p_value = two_sided_p(difference.statistic);
    }
    return difference;
}

}  // namespace kokemus::stats
