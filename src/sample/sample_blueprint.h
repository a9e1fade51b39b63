#pragma once

#include <string_view>

namespace kokemus::sample {

/// examples/sample.blueprint.toml as it stood when the program was built.
std::string_view blueprint_toml();

}  // namespace kokemus::sample
