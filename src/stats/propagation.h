#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "stats/estimate.h"

/// How uncertain a sum is whose parts are uncertain, by drawing the parts again and again (JCGM
/// 101:2008, propagation of distributions by Monte Carlo), and which part is to blame.
namespace kokemus::stats {

/// A number that is known so well: normal around its mean. A deviation of 0 is certain.
struct Assumption {
    double mean = 0;
    double deviation = 0;
};

/// What becomes of the value when one assumption goes from its 5 % to its 95 % point and all others
/// keep their means.
struct Swing {
    std::size_t assumption = 0;
    double low = 0;   ///< value at the assumption's 5 % point
    double high = 0;  ///< ... at its 95 % point

    double width() const { return high > low ? high - low : low - high; }
};

struct Propagated {
    double mean = 0;
    double median = 0;
    Interval interval;           ///< 5 % and 95 % points
    double above_threshold = 0;  ///< share of the draws
    std::uint64_t draws = 0;     ///< those that gave a number
    std::vector<Swing> swings;   ///< widest first: a tornado; of equals the earlier assumption
};

struct Propagation {
    double threshold = 0;  ///< the value that must be exceeded
    std::uint64_t seed = 1;
    std::uint64_t draws = 1'000'000;
};

/// `value` takes one number an assumption, in their order. The assumptions are independent. A draw
/// whose value is not finite is left out and shows in `draws`. The same on every machine.
Propagated propagate(std::span<const Assumption> assumptions,
                     const std::function<double(std::span<const double>)>& value,
                     const Propagation& propagation = {});

}  // namespace kokemus::stats
