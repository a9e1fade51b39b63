#include "ledger/name_digest.h"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "base/check.h"

namespace kokemus::ledger {

namespace {

constexpr std::size_t digest_bytes = 32;
using Bytes = std::array<unsigned char, digest_bytes>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hexadecimal(const Bytes& bytes) {
    std::array<char, digest_bytes * 2 + 1> text{};
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    return {text.data(), digest_bytes * 2};
}

}  // namespace

std::string sha256(std::string_view text) {
    Bytes bytes{};
    crypto_hash_sha256(bytes.data(), bytes_of(text), text.size());
    return hexadecimal(bytes);
}

std::string NameDigests::digest_of(std::string_view name) const {
    CHECK(!salt_.empty() && salt_.size() <= crypto_generichash_KEYBYTES_MAX);
    Bytes bytes{};
    crypto_generichash(
        bytes.data(), bytes.size(), bytes_of(name), name.size(), bytes_of(salt_), salt_.size());
    return hexadecimal(bytes);
}

std::vector<std::string> NameDigests::sorted() const {
    std::vector<std::string> list(digests_.begin(), digests_.end());
    std::ranges::sort(list);
    return list;
}

}  // namespace kokemus::ledger
