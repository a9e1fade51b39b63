#pragma once

#include <cstdint>

namespace kokemus::stats {

/// So many of n; `part` above `n` counts as `n`.
struct ShareCount {
    std::uint64_t part = 0;
    std::uint64_t n = 0;
};

}  // namespace kokemus::stats
