#pragma once

#include <cstdint>
#include <string_view>

namespace kokemus::stats {

/// A closed interval; `low` <= `high`.
struct Interval {
    double low = 0;
    double high = 0;
};

/// An estimate with what is needed to trust it. `method` names the interval's method ("wilson",
/// "tango"...). When `enough` is false there are too few answers: `estimate` and `interval` mean
/// nothing and must not be shown.
struct Estimate {
    double estimate = 0;
    Interval interval;
    std::uint64_t n = 0;
    std::string_view method;
    bool enough = false;
};

}  // namespace kokemus::stats
