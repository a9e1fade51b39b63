#pragma once

#include <string_view>

namespace kokemus::app {

/// docs/openapi.yaml as it was when the program was built.
std::string_view openapi_document();

}  // namespace kokemus::app
