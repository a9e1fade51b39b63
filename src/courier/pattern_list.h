#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kokemus::courier {

/// Patterns as one text of the store, and back.
std::string patterns_text(const std::vector<std::string>& patterns);
std::vector<std::string> read_patterns(std::string_view text);

}  // namespace kokemus::courier
