#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kokemus {

/// Whether `text` is well-formed UTF-8 (no overlong forms, no surrogates, nothing beyond U+10FFFF).
bool is_valid_utf8(std::string_view text);

/// `text` without the spaces, tabs and line ends around it; points into `text`.
std::string_view trim(std::string_view text);

/// ASCII letters in lower case, every other byte as it is. For keywords, not for people's names.
std::string lower(std::string_view text);

/// `text` in double quotes for a message: control characters, quotes and invalid bytes as escapes
/// (`\n`, `\"`, `\x1b`), and cut with "…" at a character boundary after `bytes_max` bytes.
std::string quote(std::string_view text, std::size_t bytes_max = 80);

/// "1,234,567" with a minus sign U+2212 when negative.
std::string thousands(std::int64_t number);

/// "1 row", "2 rows", "1,234 rows".
std::string count_of(std::uint64_t number, std::string_view one, std::string_view many);

}  // namespace kokemus
