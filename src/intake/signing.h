#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kokemus::intake {

/// The raw bytes of a keyed hash over `message`.
std::string hmac_sha256(std::string_view key, std::string_view message);
std::string hmac_sha1(std::string_view key, std::string_view message);

/// Whether both are the same bytes, in a time that does not tell where they differ. Lengths are no
/// secret.
bool is_same_secret(std::string_view one, std::string_view other);

/// Base64 with padding, of the alphabet with + and /; nothing when it is not that.
std::optional<std::string> from_base64(std::string_view text);

/// Hexadecimal of either case; nothing when it is not that.
std::optional<std::string> from_hex(std::string_view text);

}  // namespace kokemus::intake
