#include "account/secret.h"

#include <array>
#include <vector>

#include <sodium.h>

#include "base/check.h"

namespace kokemus::account {

namespace {

/// libsodium may be initialised from several threads; -1 means that it cannot work at all here.
void begin() {
    static const int begun = sodium_init();
    CHECK(begun >= 0);
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hexadecimal(const unsigned char* bytes, std::size_t size) {
    std::string text(size * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, size);
    text.pop_back();
    return text;
}

}  // namespace

std::string random_bytes(std::size_t bytes) {
    begin();
    std::string made(bytes, '\0');
    randombytes_buf(made.data(), made.size());
    return made;
}

std::string random_text(std::size_t bytes) {
    const std::string made = random_bytes(bytes);
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes, variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(made), made.size(), variant);
    text.pop_back();  // the zero at its end
    return text;
}

std::string random_id() {
    const std::string made = random_bytes(16);
    return hexadecimal(bytes_of(made), made.size());
}

std::string new_secret() {
    return random_text(32);
}

bool is_like_secret(std::string_view text) {
    constexpr std::size_t characters = 43;  // 32 bytes in base64url without padding
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return text.size() == characters && text.find_first_not_of(letters) == std::string_view::npos;
}

std::string digest_of(std::string_view secret) {
    begin();
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), bytes_of(secret), secret.size());
    return hexadecimal(digest.data(), digest.size());
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string token_for(std::string_view secret, std::string_view purpose) {
    begin();
    std::array<unsigned char, 32> token{};
    CHECK(secret.size() >= crypto_generichash_KEYBYTES_MIN &&
          secret.size() <= crypto_generichash_KEYBYTES_MAX);
    CHECK(crypto_generichash(token.data(),
                             token.size(),
                             bytes_of(purpose),
                             purpose.size(),
                             bytes_of(secret),
                             secret.size()) == 0);
    return hexadecimal(token.data(), token.size());
}

std::string hexadecimal(std::string_view bytes) {
    return hexadecimal(bytes_of(bytes), bytes.size());
}

std::optional<std::string> from_hexadecimal(std::string_view digits) {
    std::string bytes(digits.size() / 2, '\0');
    std::size_t size = 0;
    const bool read = sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()),
                                     bytes.size(),
                                     digits.data(),
                                     digits.size(),
                                     nullptr,
                                     &size,
                                     nullptr) == 0;
    return read && size * 2 == digits.size() ? std::optional(bytes) : std::nullopt;
}

std::string base32(std::string_view bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    unsigned held = 0;
    unsigned bits = 0;
    for (const char byte : bytes) {
        held = (held << 8U) | static_cast<unsigned char>(byte);
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            text += letters[(held >> bits) & 31U];
        }
        held &= (1U << bits) - 1;
    }
    if (bits > 0) {
        text += letters[(held << (5 - bits)) & 31U];
    }
    return text;
}

std::string random_words(std::size_t bytes) {
    const std::string letters = base32(random_bytes(bytes));
    std::string words;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        words += i > 0 && i % 4 == 0 ? "-" : "";
        words += letters[i];
    }
    return words;
}

std::string typed_words(std::string_view typed) {
    std::string words;
    for (const char letter : typed) {
        if (letter >= 'a' && letter <= 'z') {
            words += static_cast<char>(letter - 'a' + 'A');
        } else if (letter != '-' && letter != ' ') {
            words += letter;
        }
    }
    return words;
}

}  // namespace kokemus::account
