#pragma once

#include <cstdint>

namespace kokemus::ledger {

/// What the hashes of names and ids are seeded with that are in memory only: another one with each
/// start of the program, so that nobody can craft texts that collide. Thread safe.
std::uint64_t start_seed();

}  // namespace kokemus::ledger
