#pragma once

#include <string_view>

#include <boost/json/error.hpp>
#include <boost/json/value.hpp>

namespace kokemus::encounter {

/// As boost::json::parse, but that every number is the double nearest to what is written:
/// Boost.JSON 1.81 is off by one unit in the last place at times (1.4000000000000001 becomes 1.4),
/// and what is written out and read again would be another encounter.
boost::json::value parse_exactly(std::string_view text, boost::json::error_code& failure);

}  // namespace kokemus::encounter
