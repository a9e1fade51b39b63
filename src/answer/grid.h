#pragma once

#include <string>
#include <vector>

namespace kokemus::answer {

enum class Align { Left, Right };
enum class Colour { Never, Always };

struct Column {
    std::string name;
    Align align = Align::Left;
};

/// Rows of text under columns, for the terminal.
struct Grid {
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;  ///< as many cells as columns
};

/// The grid as lines: columns aligned by what a terminal shows, two blanks apart, heads on top, no
/// blanks at the ends of lines. Cells may hold anything (answer/safe_text.h).
std::string draw(const Grid& grid, Colour colour);

/// Bold, or plain without colour.
std::string strong(const std::string& line, Colour colour);

/// Greyed, or plain without colour.
std::string quiet(const std::string& line, Colour colour);

}  // namespace kokemus::answer
