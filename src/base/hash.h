#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kokemus {

/// A 128-bit hash; equal and ordered as the number high * 2^64 + low.
struct Hash128 {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    /// 32 lower-case hexadecimal digits, `high` first.
    std::string hex() const;

    friend bool operator==(const Hash128&, const Hash128&) = default;
    friend auto operator<=>(const Hash128&, const Hash128&) = default;
};

/// XXH3 (64 bits) of the bytes with a seed. Part of our file formats: it never changes between
/// versions or machines. Good against accidents, not against an attacker.
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

/// XXH3 (128 bits), under the same promise: for ids derived from content, where 64 bits would meet
/// by chance.
Hash128 hash128(std::string_view bytes, std::uint64_t seed = 0);

}  // namespace kokemus
