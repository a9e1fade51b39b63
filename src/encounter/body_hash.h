#pragma once

#include <cstdint>
#include <string_view>

#include "base/hash.h"
#include "encounter/encounter.h"

namespace kokemus::encounter {

/// Stands for the body of an encounter: everything but its id and sequence.
///
/// Stable across versions, machines and compilers: XXH3 (128 bits, seed 0) over the bytes
///   1 (version of this layout);
///   customer, touchpoint, channel, department, employee, thread, scale, text, language,
///   properties, each as its length (32 bits, little endian) and its UTF-8 bytes;
///   time as milliseconds since 1970 (64 bits, little endian), then 1 when it was clamped, else 0;
///   score, value, duration, each as 0, or as 1 and its IEEE 754 bits (little endian, -0 as 0);
///   the number of dues (32 bits), each as name like above and milliseconds, by name.
Hash128 body_hash(const Encounter& encounter);

/// 64 bits for (customer as sent, id), the key of idempotency; different pairs may share one, so
/// that whoever finds a key compares the names as well. XXH3 (64 bits) over customer (length,
/// bytes) and id (bytes). Never 0. Whoever sends can craft very many pairs that share one under a
/// seed that they know.
std::uint64_t identity_key(std::string_view customer, std::string_view id, std::uint64_t seed);
std::uint64_t identity_key(const Encounter& encounter, std::uint64_t seed);

/// Whether `sent` says the same as `stored`, id and sequence apart. A time that was clamped when
/// it was stored equals any time, so that sending a future encounter again is no conflict.
bool same_body(const Encounter& stored, const Encounter& sent);

}  // namespace kokemus::encounter
