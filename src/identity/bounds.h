#pragma once

#include <cstddef>

namespace kokemus::identity {

/// A cookie, an address or a number that more names share says nothing of who is who: a device in a
/// shop, the address of an office.
inline constexpr std::size_t names_per_identity_max = 50;

}  // namespace kokemus::identity
