#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "driver/drivers.h"
#include "question/unit_table.h"

namespace kokemus::driver {

/// What drives the outcome in a part of the units.
struct Segment {
    std::string value;
    std::uint64_t n = 0;
    std::uint64_t needed = 0;
    bool enough = false;  ///< else nothing below is known
    double r_squared = 0;
    stats::Interval r_squared_interval;
    std::vector<double> shares;  ///< of each driver, in their order
    std::vector<stats::Interval> share_intervals;
    std::size_t first = 0;  ///< place among the drivers of the one with the largest share
};

/// How well a list of drivers holds in the parts of the units.
struct Segments {
    std::vector<Segment> segments;  ///< most units first; those beyond bounds.h are left out
    std::uint64_t other_values = 0;
    /// Of each driver: whether its share differs between two segments by more than the intervals of
    /// both, which hold for all segments at once.
    std::vector<bool> differs;
    bool same_first = true;  ///< the same driver leads in all segments that have enough units
};

/// `by` is a text column of the table that the design was made of; `drivers` are those of the
/// whole.
Segments find_segments(const Design& design, const Drivers& drivers, const question::UnitColumn& by,
                       const Settings& settings);

}  // namespace kokemus::driver
