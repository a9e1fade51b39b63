#pragma once

#include <cstddef>

namespace kokemus::identity {

/// A cookie, an address or a number that more names share says nothing of who is who: a device in a
/// shop, the address of an office.
inline constexpr std::size_t names_per_identity_max = 50;

/// A verified id or a key that more names share is nobody's own: what a page sends for whoever has
/// not signed in ("guest", "0"), the number of a test. So no customer gathers names without end.
inline constexpr std::size_t names_per_firm_name_max = 1000;

}  // namespace kokemus::identity
