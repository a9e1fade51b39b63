#pragma once

#include <cstddef>
#include <string_view>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "base/result.h"

// For .cpp files only: brings in Boost.JSON.
namespace kokemus::intake {

/// Values in one text that was sent: 24 bytes of memory each, so that a small body of `[0,0,...`
/// does not become a large one.
inline constexpr std::size_t json_values_max = 4'000'000;

/// Reads the JSON that a stranger sent, the one way for every door: numbers are the ones that are
/// written, at most `json_depth_max` deep, nothing behind it. InvalidInput says where ("not JSON at
/// line 2, byte 7: ..."); TooLarge as soon as a list has more than `items_max` items, or all of it
/// more than `json_values_max` values.
Result<boost::json::value> read_sent_json(std::string_view text,
                                          std::size_t items_max = json_values_max);

/// The same, of a body that has to be an object; messages begin with "the body".
Result<boost::json::object> read_sent_object(std::string_view body);

}  // namespace kokemus::intake
