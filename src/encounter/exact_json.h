#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <boost/json/error.hpp>
#include <boost/json/value.hpp>

#include "base/limits.h"

namespace kokemus::encounter {

/// As boost::json::parse, but that every number is the double nearest to what is written:
/// Boost.JSON 1.81 is off by one unit in the last place at times (1.4000000000000001 becomes 1.4),
/// and what is written out and read again would be another encounter. A number beyond all doubles
/// (1e999) is refused: nothing could be written for it. At most `json_depth_max` deep.
boost::json::value parse_exactly(std::string_view text, boost::json::error_code& failure);

/// How much of what a text may hold, looked at while it is read, and how far that came.
struct ExactReading {
    std::size_t depth_max = limits::json_depth_max;
    std::size_t items_max = SIZE_MAX;   ///< of a list that is the whole text
    std::size_t values_max = SIZE_MAX;  ///< in all, each list, object and member counted
    std::size_t used = 0;               ///< bytes up to a failure, or up to what follows the value
    bool has_too_many = false;          ///< items or values: why it failed
};

/// As above; what follows the value is left for the caller to look at.
boost::json::value parse_exactly(std::string_view text, boost::json::error_code& failure,
                                 ExactReading& reading);

}  // namespace kokemus::encounter
