#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Random secrets and what is kept of them. The bytes come from the kernel by way of libsodium.
namespace kokemus::account {

/// `bytes` random bytes as letters, digits, '-' and '_' (base64url without padding).
std::string random_text(std::size_t bytes);

/// `bytes` random bytes as they are.
std::string random_bytes(std::size_t bytes);

/// A name for a thing that we make: 16 random bytes in hexadecimal digits.
std::string random_id();

/// A new secret that nobody guesses: 32 random bytes, 43 characters.
std::string new_secret();

/// Whether it could have come from `new_secret`, by its form alone.
bool is_like_secret(std::string_view text);

/// What is kept of a random secret: its SHA-256 in 64 hexadecimal digits. A fast digest is enough
/// for 256 random bits; never use it for what people think up.
std::string digest_of(std::string_view secret);

/// Whether both are equal, in a time that tells nothing but their lengths.
bool equal_in_constant_time(std::string_view a, std::string_view b);

/// A token that only one who knows `secret` can make: keyed BLAKE2b of `purpose`, 64 hexadecimal
/// digits.
std::string token_for(std::string_view secret, std::string_view purpose);

/// Bytes as hexadecimal digits, and back; none when they are none.
std::string hexadecimal(std::string_view bytes);
std::optional<std::string> from_hexadecimal(std::string_view digits);

/// RFC 4648 base32 in capital letters, without padding: what people type into an authenticator.
std::string base32(std::string_view bytes);

/// `bytes` random bytes for people to type: base32 in groups of four, "K7QF-2MZX-...".
std::string random_words(std::size_t bytes);

/// What was typed, as `random_words` wrote it without its dashes: capitals, no blanks, no dashes.
std::string typed_words(std::string_view typed);

}  // namespace kokemus::account
