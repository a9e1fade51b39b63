#pragma once

#include <cstdint>

namespace kokemus::bench {

/// Seconds of the wall's clock and of all threads' work since it was made. On a machine that does
/// something else besides, the work says more than the wall.
class Stopwatch {
public:
    Stopwatch();

    double wall_seconds() const;
    double work_seconds() const;

private:
    double wall_begun_;
    double work_begun_;
};

/// What this program takes in memory now, and the most it ever took.
std::uint64_t resident_bytes();
std::uint64_t resident_bytes_peak();

}  // namespace kokemus::bench
