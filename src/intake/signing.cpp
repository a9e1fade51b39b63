#include "intake/signing.h"

#include <array>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/check.h"

namespace kokemus::intake {

namespace {

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hmac(const EVP_MD* hash, std::string_view key, std::string_view message) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
    unsigned length = 0;
    // Fails only without memory.
    CHECK(HMAC(hash,
               key.data(),
               static_cast<int>(key.size()),
               bytes_of(message),
               message.size(),
               code.data(),
               &length) != nullptr);
    return {reinterpret_cast<const char*>(code.data()), length};
}

int sextet_of(char letter) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t place = letters.find(letter);
    return place == std::string_view::npos ? -1 : static_cast<int>(place);
}

int nibble_of(char digit) {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    const char low = static_cast<char>(digit | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

}  // namespace

std::string hmac_sha256(std::string_view key, std::string_view message) {
    return hmac(EVP_sha256(), key, message);
}

std::string hmac_sha1(std::string_view key, std::string_view message) {
    return hmac(EVP_sha1(), key, message);
}

bool is_same_secret(std::string_view one, std::string_view other) {
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    std::size_t padding = 0;
    while (padding < 2 && text.ends_with('=')) {
        text.remove_suffix(1);
        ++padding;
    }
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    unsigned bits = 0;
    int bits_held = 0;
    for (const char letter : text) {
        const int sextet = sextet_of(letter);
        if (sextet < 0) {
            return std::nullopt;
        }
        bits = (bits << 6U | static_cast<unsigned>(sextet)) & 0xffffU;
        bits_held += 6;
        if (bits_held >= 8) {
            bits_held -= 8;
            bytes += static_cast<char>(bits >> static_cast<unsigned>(bits_held) & 0xffU);
        }
    }
    return bytes;
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) {
        return std::nullopt;
    }
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = nibble_of(text[i]);
        const int low = nibble_of(text[i + 1]);
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

}  // namespace kokemus::intake
