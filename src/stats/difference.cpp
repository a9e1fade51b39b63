#include "stats/difference.h"

#include <cmath>

namespace kokemus::stats {

Interval square_and_add(double first, const Interval& of_first, double second,
                        const Interval& of_second) {
    const double difference = first - second;
    const double below = std::hypot(first - of_first.low, of_second.high - second);
    const double above = std::hypot(of_first.high - first, second - of_second.low);
    return Interval{difference - below, difference + above};
}

}  // namespace kokemus::stats
