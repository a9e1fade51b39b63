#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kokemus::answer {

/// `text` as one line that a terminal may be given: what is no UTF-8, control characters and marks
/// that turn the reading direction become U+FFFD, line ends and tabs a blank.
std::string safe_line(std::string_view text);

/// The same for a cell of a file: line ends and tabs stay.
std::string safe_cell(std::string_view text);

/// A cell of a CSV file, quoted where it must be. No spreadsheet can be made to calculate: text
/// that begins with = + - @, a tab or a line end and is no number gets an apostrophe in front.
std::string csv_cell(std::string_view text);

/// Columns that a terminal uses for valid UTF-8: 2 for wide East Asian characters and emoji, 0 for
/// combining marks, else 1.
std::size_t width(std::string_view text);

}  // namespace kokemus::answer
