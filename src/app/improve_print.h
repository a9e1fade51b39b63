#pragma once

#include <string>

#include <boost/json/object.hpp>

// For .cpp files only: brings in Boost.JSON.
namespace kokemus::app {

/// What the API says of improvements, in words for a terminal; without the line's end.
std::string power_text(const boost::json::object& said);
std::string improvement_text(const boost::json::object& said);
std::string look_text(const boost::json::object& said);
std::string list_text(const boost::json::object& said);
std::string verification_text(const boost::json::object& said);

}  // namespace kokemus::app
