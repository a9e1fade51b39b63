#pragma once

#include <cstddef>

namespace kokemus::ledger {

/// Of those who have one address, number or key so many are known, and evidence is written of them.
/// One that more have says nothing of who is who (identity/bounds.h), whoever else has it: no
/// sender makes others pay for an address that all of its customers have.
inline constexpr std::size_t holders_per_name_max = 1002;

}  // namespace kokemus::ledger
