#include "stats/kaplan_meier.h"

#include <algorithm>
#include <cmath>

#include "stats/wilson.h"

namespace kokemus::stats {
Survival kaplan_meier(const FollowUp& follow_up, std::int64_t until, double confidence) {
    Survival result;
    result.subjects = follow_up.subjects;
    std::uint64_t at_risk = follow_up.subjects;
    std::uint64_t at_risk_before_last_event = at_risk;
    double greenwood = 0;
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
        leave_before(time);  // censored at the same time are still at risk
        const std::uint64_t happened = std::min<std::uint64_t>(events, at_risk);
        if (happened == 0) {
            continue;
        }
        at_risk_before_last_event = at_risk;
        const auto n = static_cast<double>(at_risk);
        const auto d = static_cast<double>(happened);
        result.survival *= static_cast<double>(at_risk - happened) / n;
        if (happened < at_risk) {
            greenwood += d / (n * (n - d));
        }
        at_risk -= happened;
    }
    leave_before(until);
    result.reached = follow_up.subjects > 0 && (at_risk > 0 || result.survival == 0);
    result.standard_error = result.survival * std::sqrt(greenwood);
    if (follow_up.subjects == 0) {
        return result;
    }
    double n = static_cast<double>(std::max<std::uint64_t>(at_risk, 1));
    if (result.survival <= 0) {
        n = static_cast<double>(at_risk_before_last_event);
    } else if (greenwood > 0) {
        n = (1 - result.survival) / (result.survival * greenwood);
    }
    result.interval = wilson_of_share(result.survival, n, confidence);
    return result;
}

}  // namespace kokemus::stats
