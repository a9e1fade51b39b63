#pragma once

#include <string_view>

#include <boost/json/object.hpp>

#include "base/result.h"
#include "http/message.h"

// For *_api.cpp files only: brings in Boost.JSON.
namespace kokemus::app {

/// The body as a JSON object of at most 1000 values, so that a body of small ones cannot take many
/// times its size of memory. InvalidInput, with the words of `instead`, for anything else.
Result<boost::json::object> sent_object(const http::Request& request, std::string_view instead);

}  // namespace kokemus::app
