#include "courier/pattern_list.h"

namespace kokemus::courier {

// Patterns hold letters, digits, '_', '.' and '*', so that a blank keeps them apart.

std::string patterns_text(const std::vector<std::string>& patterns) {
    std::string text;
    for (const std::string& pattern : patterns) {
        text += (text.empty() ? "" : " ") + pattern;
    }
    return text;
}

std::vector<std::string> read_patterns(std::string_view text) {
    std::vector<std::string> patterns;
    while (!text.empty()) {
        const std::size_t end = text.find(' ');
        patterns.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return patterns;
}

}  // namespace kokemus::courier
