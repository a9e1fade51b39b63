#pragma once

#include <span>
#include <string_view>

namespace kokemus::blueprint {

/// One key that a blueprint file may hold. The reader takes no other, and docs/blueprint.md has
/// exactly these rows.
struct Key {
    std::string_view section;  ///< "" for the top of the file, "touchpoint", "journey.stage"
    std::string_view name;
    std::string_view type;         ///< as in the page: "text", "texts", "number", "one of `a`, `b`"
    std::string_view when_absent;  ///< as in the page; "required" where leaving it out is a fault
};

/// Every key of every section, in the order of the page.
std::span<const Key> keys();

/// The names of the tables at the top of the file: "channel", "touchpoint"...
std::span<const std::string_view> table_names();

}  // namespace kokemus::blueprint
