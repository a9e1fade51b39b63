#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace boost::json {
class value;
}

namespace kokemus::encounter {

/// The one spelling of a JSON object of properties: compact, keys sorted by their bytes at every
/// level, numbers in their shortest form. Gives "" for an object without members. Fails with "is
/// not a JSON object; ..." words.
Result<std::string> canonical_properties(std::string_view json);

/// The same for a value read already.
std::string canonical_json(const boost::json::value& value);

}  // namespace kokemus::encounter
