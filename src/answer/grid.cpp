#include "answer/grid.h"

#include <algorithm>

#include "answer/safe_text.h"

namespace kokemus::answer {
namespace {

using Cells = std::vector<std::string>;

void widen(std::vector<std::size_t>& widths, const Cells& cells) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
        widths[i] = std::max(widths[i], width(cells[i]));
    }
}

std::string line_of(const Cells& cells, const std::vector<Column>& columns,
                    const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string gap(widths[i] - width(cells[i]), ' ');
        line += i == 0 ? "" : "  ";
        line += columns[i].align == Align::Right ? gap + cells[i] : cells[i] + gap;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

std::string painted(const std::string& line, const char* paint, Colour colour) {
    return colour == Colour::Never || line.empty() ? line : paint + line + "\x1b[0m";
}

}  // namespace

std::string draw(const Grid& grid, Colour colour) {
    Cells heads;
    for (const Column& column : grid.columns) {
        heads.push_back(safe_line(column.name));
    }
    std::vector<Cells> rows;
    rows.reserve(grid.rows.size());
    std::vector<std::size_t> widths(heads.size(), 0);
    widen(widths, heads);
    for (const Cells& row : grid.rows) {
        Cells cells;
        cells.reserve(row.size());
        for (const std::string& cell : row) {
            cells.push_back(safe_line(cell));
        }
        widen(widths, cells);
        rows.push_back(std::move(cells));
    }
    std::string lines = quiet(line_of(heads, grid.columns, widths), colour) + "\n";
    for (const Cells& row : rows) {
        lines += line_of(row, grid.columns, widths) + "\n";
    }
    return lines;
}

std::string strong(const std::string& line, Colour colour) {
    return painted(line, "\x1b[1m", colour);
}

std::string quiet(const std::string& line, Colour colour) {
    return painted(line, "\x1b[2m", colour);
}

}  // namespace kokemus::answer
