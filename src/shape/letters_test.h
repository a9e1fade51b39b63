#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shape/variants.h"

namespace kokemus::shape {

/// "abd" is 0, 1, 3.
inline std::vector<Step> letters(std::string_view text) {
    std::vector<Step> steps;
    for (const char letter : text) {
        steps.push_back(static_cast<Step>(letter - 'a'));
    }
    return steps;
}

inline Variants ways(const std::vector<std::pair<std::string, std::uint64_t>>& texts) {
    Variants variants;
    for (const auto& [text, times] : texts) {
        variants.push_back(Variant{letters(text), times});
    }
    return variants;
}

}  // namespace kokemus::shape
