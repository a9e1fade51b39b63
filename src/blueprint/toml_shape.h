#pragma once

#include <optional>
#include <string_view>

#include "blueprint/fault.h"

namespace kokemus::blueprint {

/// Looks at TOML text before it is parsed, and refuses what would make a parser that builds trees
/// by recursion fall over: brackets nested deeper than 16, dotted keys of more than 16 parts, bytes
/// of zero. Linear; no allocation.
std::optional<Fault> find_hostile_shape(std::string_view toml);

}  // namespace kokemus::blueprint
