#pragma once

#include <string_view>

namespace kokemus::app {

inline constexpr std::string_view version = "0.1.0";

}  // namespace kokemus::app
