#include "stats/missing_answers.h"

#include <algorithm>

namespace kokemus::stats {

double mean_if_silent_differ(double rate, double mean, double delta) {
    const double answered = std::clamp(rate, 0.0, 1.0);
    return answered * mean + (1 - answered) * (mean + delta);
}

Interval bounds_of_mean(double rate, double mean, const Interval& scale) {
    const double answered = std::clamp(rate, 0.0, 1.0);
    return Interval{answered * mean + (1 - answered) * scale.low,
                    answered * mean + (1 - answered) * scale.high};
}

}  // namespace kokemus::stats
