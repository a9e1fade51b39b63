#include "blueprint/toml_parse.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "blueprint/toml_shape.h"

namespace kokemus::blueprint {
namespace {

constexpr std::size_t attempts_max = 20;

struct Line {
    std::size_t begin = 0;
    std::size_t end = 0;  ///< before the line break
};

std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back({begin, end});
        begin = end + 1;
    }
    return lines;
}

std::string_view trimmed(std::string_view text, const Line& line) {
    std::string_view words = text.substr(line.begin, line.end - line.begin);
    words.remove_prefix(std::min(words.find_first_not_of(" \t"), words.size()));
    return words;
}

bool is_heading(std::string_view words) {
    return words.starts_with('[');
}

bool is_statement(std::string_view words) {
    return is_heading(words) || words.find('=') != std::string_view::npos;
}

/// Blanks the statement that holds line `at`; a heading goes with all that stands under it. At
/// least that line.
void blank_statement(std::string& text, std::size_t at) {
    const std::vector<Line> lines = lines_of(text);
    const std::size_t fault = std::min(at, lines.size() - 1);
    std::size_t first = fault;
    while (first > 0 && !is_statement(trimmed(text, lines[first]))) {
        --first;
    }
    const bool heading = is_heading(trimmed(text, lines[first]));
    std::size_t last = fault;
    while (last + 1 < lines.size()) {
        const std::string_view next = trimmed(text, lines[last + 1]);
        if (heading ? is_heading(next) : is_statement(next)) {
            break;
        }
        ++last;
    }
    // The line breaks stay, or every line below would move.
    for (std::size_t line = first; line <= last; ++line) {
        std::fill(text.begin() + static_cast<std::ptrdiff_t>(lines[line].begin),
                  text.begin() + static_cast<std::ptrdiff_t>(lines[line].end),
                  ' ');
    }
}

Fault syntax_fault(const toml::parse_error& error) {
    Fault fault;
    fault.line = static_cast<int>(error.source().begin.line);
    fault.column = static_cast<int>(error.source().begin.column);
    fault.message = "this is not TOML: " + std::string(error.description());
    return fault;
}

}  // namespace

ParsedToml parse_toml(std::string_view text) {
    ParsedToml parsed;
    if (auto hostile = find_hostile_shape(text)) {
        parsed.faults.push_back(std::move(*hostile));
        return parsed;
    }
    std::string rest(text);
    for (std::size_t attempt = 0; attempt < attempts_max; ++attempt) {
        try {
            parsed.table = toml::parse(std::string_view(rest));
            return parsed;
        } catch (const toml::parse_error& error) {
            Fault fault = syntax_fault(error);
            const bool stuck = !parsed.faults.empty() && parsed.faults.back().line == fault.line;
            const auto line = static_cast<std::size_t>(std::max(fault.line, 1) - 1);
            if (!stuck) {
                parsed.faults.push_back(std::move(fault));
            }
            blank_statement(rest, line);
        }
    }
    return parsed;
}

}  // namespace kokemus::blueprint
