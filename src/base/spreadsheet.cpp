#include "base/spreadsheet.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace kokemus {

namespace {

constexpr auto signs = std::to_array<std::string_view>(
    {"=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"});

bool is_number(std::string_view text) {
    double number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    return end.ec == std::errc() && end.ptr == text.data() + text.size() && std::isfinite(number);
}

}  // namespace

bool is_formula(std::string_view cell) {
    return std::ranges::any_of(signs,
                               [&](std::string_view sign) { return cell.starts_with(sign); }) &&
           !is_number(cell);
}

std::string without_formula(std::string cell) {
    if (is_formula(cell)) {
        cell.insert(cell.begin(), '\'');
    }
    return cell;
}

}  // namespace kokemus
