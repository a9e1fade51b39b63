#pragma once

#include <string>

#include "encounter/properties.h"

/// For tests of whatever reads properties.
namespace kokemus::encounter {

/// {"deep":[[...]],"plan":"gold"}, nested as deep as any door takes it.
inline std::string deepest_properties() {
    const std::size_t lists = properties_depth_max - 1;
    return R"({"deep":)" + std::string(lists, '[') + std::string(lists, ']') + R"(,"plan":"gold"})";
}

}  // namespace kokemus::encounter
