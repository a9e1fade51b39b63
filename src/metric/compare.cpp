#include "metric/compare.h"

#include <algorithm>
#include <cmath>

namespace kokemus::metric {

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::Met: return "met";
        case Verdict::Missed: return "missed";
        case Verdict::Unclear: return "unclear";
        case Verdict::NotEnough: return "not enough";
        case Verdict::NoTarget: return "none";
    }
    return "";
}

Verdict against_target(const Value& value, std::optional<double> target, bool high_is_good) {
    if (!target) {
        return Verdict::NoTarget;
    }
    if (!value.enough()) {
        return Verdict::NotEnough;
    }
    const stats::Interval& interval = value.is.interval;
    // A target such as 0.9 has no exact binary form: what is equal in print must be equal here.
    const double hair = 1e-9 * std::max(1.0, std::abs(*target));
    if (high_is_good ? interval.low >= *target - hair : interval.high <= *target + hair) {
        return Verdict::Met;
    }
    if (high_is_good ? interval.high < *target - hair : interval.low > *target + hair) {
        return Verdict::Missed;
    }
    return Verdict::Unclear;
}

std::optional<Change> change(const Value& now, const Value& before) {
    if (!now.enough() || !before.enough()) {
        return std::nullopt;
    }
    return Change{now.is.estimate - before.is.estimate,
                  stats::square_and_add(
                      now.is.estimate, now.is.interval, before.is.estimate, before.is.interval),
                  now.unit};
}

std::string_view name_of(Course course) {
    switch (course) {
        case Course::Better: return "better";
        case Course::Worse: return "worse";
        case Course::Same: return "same";
        case Course::Unknown: return "unknown";
    }
    return "";
}

Course course(const Change& change, bool high_is_good) {
    if (change.beyond_chance()) {
        return (change.interval.low > 0) == high_is_good ? Course::Better : Course::Worse;
    }
    const double half = step(change.unit) / 2;
    const bool within = change.interval.low >= -half && change.interval.high <= half;
    return within ? Course::Same : Course::Unknown;
}

double step(Unit unit) {
    switch (unit) {
        case Unit::Points: return 10;
        case Unit::Share: return 0.1;
        case Unit::Rate: return 0;
        case Unit::Score:
        case Unit::Experience: break;
    }
    return 1;
}

}  // namespace kokemus::metric
