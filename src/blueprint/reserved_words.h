#pragma once

#include <span>
#include <string_view>

namespace kokemus::blueprint {

/// Words that the question grammar uses itself, so that no dimension may have them as its name.
/// `question` tests that every field and keyword of its grammar is among them.
std::span<const std::string_view> reserved_words();

/// In any case: `Channel` is reserved as `channel` is.
bool is_reserved_word(std::string_view word);

/// Whether a text is a word of the grammar: an ASCII or other letter, then letters, digits, "_" or
/// "-", not ending in "-".
bool is_word(std::string_view text);

}  // namespace kokemus::blueprint
