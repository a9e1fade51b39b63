#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kokemus::refused {

/// The texts in an item: what stands between the quotes of its JSON, without escapes. Of JSON that
/// is broken or was cut off, those that can be made out.
std::vector<std::string> texts_in(std::string_view item);

/// The ways in which JSON may write a text, without the quotes around it: with few escapes, and
/// with all that is not ASCII escaped, in either case of letters. The text itself is the first.
std::vector<std::string> json_spellings(std::string_view text);

}  // namespace kokemus::refused
