#pragma once

#include <cstddef>

namespace kokemus::ledger {

/// Of those who have one address, number or key so many are known, and evidence is written of them.
/// One that more have says nothing of who is who (identity/bounds.h), whoever else has it: no
/// sender makes others pay for an address that all of its customers have.
inline constexpr std::size_t holders_per_name_max = 1002;

/// Of one customer, as they are known: all are read and written anew with each change of one. What
/// would bring more is refused; who had more before keeps it, and gets no more.
inline constexpr std::size_t traits_per_customer_max = 1000;
inline constexpr std::size_t trait_bytes_per_customer_max = 256 * 1024;  ///< names and values

}  // namespace kokemus::ledger
