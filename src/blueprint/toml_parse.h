#pragma once

#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "blueprint/fault.h"

// For .cpp files only (of this folder, and of intake/ which reads maps): brings in toml++.
namespace kokemus::blueprint {

/// A file as a tree, as far as it is TOML, and the places where it is not.
struct ParsedToml {
    toml::table table;
    std::vector<Fault> faults;
};

/// Parses all of it: after a syntax fault the statement around it is left out and the rest is
/// parsed on, so that one slip does not hide the next. After 20 slips it gives up with an empty
/// tree.
ParsedToml parse_toml(std::string_view text);

}  // namespace kokemus::blueprint
