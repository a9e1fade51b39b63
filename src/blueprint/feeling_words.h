#pragma once

#include <string_view>

namespace kokemus::blueprint {

/// Whether a feeling is made of praise only ("first-class", "the best service") and so says nothing
/// about how it feels.
bool is_empty_superlative(std::string_view feeling);

}  // namespace kokemus::blueprint
