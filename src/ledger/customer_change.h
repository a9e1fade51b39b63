#pragma once

#include <cstdint>

namespace kokemus::ledger {

/// How far customers have come, as one number that rises with every change: the newest row of
/// traits above, the newest code of a customer below.
inline std::uint64_t change_of(std::uint64_t last_trait, std::uint64_t last_customer) {
    return last_trait << 32U | last_customer;
}

inline std::uint32_t last_trait_of(std::uint64_t change) {
    return static_cast<std::uint32_t>(change >> 32U);
}

inline std::uint32_t last_customer_of(std::uint64_t change) {
    return static_cast<std::uint32_t>(change);
}

}  // namespace kokemus::ledger
