#pragma once

#include <string>
#include <string_view>

namespace kokemus {

/// Whether a spreadsheet would take the cell for a formula and calculate it: text that begins with
/// = + - @ (the full-width ones too), a tab or a line end, and is no number.
bool is_formula(std::string_view cell);

/// The cell as a spreadsheet shows it as text: a formula gets an apostrophe in front.
std::string without_formula(std::string cell);

}  // namespace kokemus
