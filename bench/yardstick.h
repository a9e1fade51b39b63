#pragma once

#include <cstddef>

#include "timeline/timeline.h"

/// What the machine could do at best, to measure the kernels against: plain loops on the same
/// number of threads in the same run.
namespace kokemus::bench {

/// Bytes per second that all workers together move to and from memory, over arrays far larger than
/// the caches. The best of a few tries.
struct Bandwidth {
    double read = 0;   ///< the sum of one array
    double triad = 0;  ///< a = b + s * c, three arrays; after STREAM (McCalpin 1995)
};

Bandwidth measure_bandwidth();

/// Seconds of a loop over bare codes of touchpoints that counts which follows which, without
/// looking where customers end, and of the same with the sum of the times between. No question can
/// be answered faster by counting.
struct Floor {
    std::size_t encounters = 0;
    double transitions = 0;
    double with_times = 0;
};

Floor measure_floor(const timeline::Timeline& timeline, int repeats);

}  // namespace kokemus::bench
