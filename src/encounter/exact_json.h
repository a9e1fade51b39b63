#pragma once

#include <cstddef>
#include <string_view>

#include <boost/json/error.hpp>
#include <boost/json/value.hpp>

namespace kokemus::encounter {

/// As boost::json::parse, but that every number is the double nearest to what is written:
/// Boost.JSON 1.81 is off by one unit in the last place at times (1.4000000000000001 becomes 1.4),
/// and what is written out and read again would be another encounter.
boost::json::value parse_exactly(std::string_view text, boost::json::error_code& failure);

/// How deep it may nest, and how far it came.
struct ExactReading {
    std::size_t depth_max = 32;
    std::size_t used = 0;  ///< bytes up to a failure, or up to what follows the value
};

/// As above; what follows the value is left for the caller to look at.
boost::json::value parse_exactly(std::string_view text, boost::json::error_code& failure,
                                 ExactReading& reading);

}  // namespace kokemus::encounter
