#include "base/hash.h"

#include <fmt/format.h>
#include <xxhash.h>

namespace kokemus {

std::string Hash128::hex() const {
    return fmt::format("{:016x}{:016x}", high, low);
}

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

Hash128 hash128(std::string_view bytes, std::uint64_t seed) {
    const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes.data(), bytes.size(), seed);
    return Hash128{hash.high64, hash.low64};
}

}  // namespace kokemus
