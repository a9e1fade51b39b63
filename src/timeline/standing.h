#pragma once

#include <cstdint>

namespace kokemus::timeline {

/// Up to where a timeline holds what its ledger holds.
struct Standing {
    std::uint64_t last_number = 0;
    std::uint64_t last_customer_change = 0;
    std::uint32_t last_assertion = 0;
    std::uint64_t last_erasure = 0;  ///< whom it took out; those ordered later may be in it

    friend bool operator==(const Standing&, const Standing&) = default;
};

}  // namespace kokemus::timeline
