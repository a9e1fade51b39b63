#pragma once

#include <cstdint>

namespace kokemus::timeline {

/// Whether counts are added to others or taken away from them. All counters are whole numbers that
/// wrap around, so it does not matter which of several comes first.
enum class Sign : std::uint8_t { Plus, Minus };

template <typename Count>
Count with_sign(Sign sign, Count count) {
    return sign == Sign::Plus ? count : static_cast<Count>(Count{} - count);
}

}  // namespace kokemus::timeline
