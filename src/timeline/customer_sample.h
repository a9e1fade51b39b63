#pragma once

#include <cstdint>

namespace kokemus::timeline {

/// Which customers are drawn when all would be too many: those whose hash ends in so many zeros.
/// The same on every machine, and of a smaller sample all are in a larger one.
struct CustomerSample {
    unsigned halvings = 0;

    bool takes(std::uint64_t hash) const { return (hash & (one_of() - 1)) == 0; }
    std::uint64_t one_of() const { return std::uint64_t{1} << halvings; }
};

}  // namespace kokemus::timeline
