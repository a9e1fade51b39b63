#pragma once

#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/result.h"

namespace boost::json {
class value;
}

namespace kokemus::encounter {

/// How deep properties may nest: what is kept can be sent again, as an encounter in a list.
inline constexpr std::size_t properties_depth_max = limits::json_depth_max - 2;

/// The one spelling of a JSON object of properties: compact, keys sorted by their bytes at every
/// level, numbers in their shortest form. Gives "" for an object without members. Fails with "is
/// not a JSON object; ..." words.
Result<std::string> canonical_properties(std::string_view json);

/// The same for a value read already.
std::string canonical_json(const boost::json::value& value);

/// Its pieces, for what another parser has read: a text in quotes, and a number.
void append_json_text(std::string& out, std::string_view text);
void append_json_number(std::string& out, double number);

}  // namespace kokemus::encounter
