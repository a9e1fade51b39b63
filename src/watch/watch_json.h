#pragma once

#include <boost/json/object.hpp>

#include "watch/look_out.h"

// For .cpp files only: brings in Boost.JSON.
namespace kokemus::watch {

/// docs/watch.md
boost::json::object to_json(const LookOut& found);

}  // namespace kokemus::watch
