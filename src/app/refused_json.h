#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "app/replaying.h"
#include "refused/refused_store.h"

// For .cpp files only: brings in Boost.JSON.
namespace kokemus::app {

/// Reasons quote what customers sent, so they are left out (null) where those may not be seen.
enum class Reasons { Shown, Hidden };

boost::json::object item_json(const refused::Item& item, Reasons reasons);
boost::json::array counts_json(const std::vector<refused::Count>& counts);
boost::json::object tried_all_json(const TriedAll& all, Rehearsal rehearsal);

/// Null for the empty text.
boost::json::value or_null(const std::string& text);

/// The words of an address or of the command line; empty ones are any.
Result<refused::Wanted> wanted_of(std::string_view door, std::string_view state,
                                  std::string_view code, std::string_view source);

}  // namespace kokemus::app
