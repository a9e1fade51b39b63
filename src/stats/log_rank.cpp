#include "stats/log_rank.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

#include <boost/math/distributions/chi_squared.hpp>

#include "stats/in_doubles.h"

namespace kokemus::stats {
namespace {

/// Goes through one group's times and knows who is still at risk.
class AtRisk {
public:
    explicit AtRisk(const FollowUp& group)
        : group_(group),
          censoring_(group.censored.begin()),
          at_risk_(group.subjects) {}

    /// Those at risk at `time`, and how many of them it happens to. Times must ascend.
    struct Now {
        double at_risk = 0;
        double events = 0;
    };

    Now at(std::int64_t time) {
        leave(happened_);
        // Censored at the same time are still at risk.
        for (; censoring_ != group_.censored.end() && censoring_->first < time; ++censoring_) {
            leave(censoring_->second);
        }
        const auto events = group_.events.find(time);
        happened_ =
            events == group_.events.end() ? 0 : std::min<std::uint64_t>(events->second, at_risk_);
        return Now{static_cast<double>(at_risk_), static_cast<double>(happened_)};
    }

private:
    void leave(std::uint64_t subjects) { at_risk_ -= std::min(subjects, at_risk_); }

    const FollowUp& group_;
    std::map<std::int64_t, std::uint64_t>::const_iterator censoring_;
    std::uint64_t at_risk_;
    std::uint64_t happened_ = 0;
};

}  // namespace

LogRank log_rank(const FollowUp& first, const FollowUp& second) {
    std::set<std::int64_t> times;
    for (const FollowUp* group : {&first, &second}) {
        for (const auto& [time, events] : group->events) {
            times.insert(time);
        }
    }
    LogRank result;
    double variance = 0;
    AtRisk in_first(first);
    AtRisk in_second(second);
    for (const std::int64_t time : times) {
        const auto one = in_first.at(time);
        const auto other = in_second.at(time);
        const double n = one.at_risk + other.at_risk;
        const double d = one.events + other.events;
        result.observed += one.events;
        if (n == 0) {
            continue;
        }
        result.expected += d * one.at_risk / n;
        if (n > 1) {
            variance += d * (n - d) / (n - 1) * one.at_risk / n * other.at_risk / n;
        }
    }
    if (variance > 0) {
        const double gap = result.observed - result.expected;
        result.statistic = gap * gap / variance;
        const boost::math::chi_squared_distribution<double, InDoubles> chi_square(1);
        result.p_value = boost::math::cdf(boost::math::complement(chi_square, result.statistic));
    }
    return result;
}

}  // namespace kokemus::stats
