#include "answer/safe_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "answer/json_writer.h"
#include "base/spreadsheet.h"

namespace kokemus::answer {
namespace {

struct CodeRange {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
};

// The blocks that matter in names and comments; Unicode's full tables would be ICU's task.
// Ascending, so that what lies below the first is quickly out.
constexpr std::array wide{CodeRange{0x1100, 0x115F},
                          CodeRange{0x2E80, 0x303E},
                          CodeRange{0x3041, 0xA4CF},
                          CodeRange{0xAC00, 0xD7A3},
                          CodeRange{0xF900, 0xFAFF},
                          CodeRange{0xFE30, 0xFE6F},
                          CodeRange{0xFF00, 0xFF60},
                          CodeRange{0xFFE0, 0xFFE6},
                          CodeRange{0x1F300, 0x1F64F},
                          CodeRange{0x1F680, 0x1F6FF},
                          CodeRange{0x1F900, 0x1F9FF},
                          CodeRange{0x20000, 0x3FFFD}};

constexpr std::array combining{CodeRange{0x0300, 0x036F},
                               CodeRange{0x0483, 0x0489},
                               CodeRange{0x0591, 0x05BD},
                               CodeRange{0x0610, 0x061A},
                               CodeRange{0x064B, 0x065F},
                               CodeRange{0x1AB0, 0x1AFF},
                               CodeRange{0x1DC0, 0x1DFF},
                               CodeRange{0x200B, 0x200D},
                               CodeRange{0x20D0, 0x20FF},
                               CodeRange{0xFE00, 0xFE0F},
                               CodeRange{0xFE20, 0xFE2F},
                               CodeRange{0xFEFF, 0xFEFF}};

template <typename Ranges>
bool is_in(const Ranges& ranges, std::uint32_t code) {
    return code >= ranges.front().first && std::ranges::any_of(ranges, [&](const CodeRange& range) {
               return range.first <= code && code <= range.last;
           });
}

bool is_space(std::uint32_t code) {
    return code == '\n' || code == '\r' || code == '\t';
}

/// Replaces every unsafe character; spaces other than the blank go through `space`.
template <typename Space>
std::string replaced(std::string_view text, Space space) {
    constexpr std::uint32_t no_character = 0xFFFD;
    std::string safe;
    safe.reserve(text.size());
    while (!text.empty()) {
        const Character character = first_character(text);
        if (is_space(character.code)) {
            safe += space(static_cast<char>(character.code));
        } else if (is_unsafe(character.code) || character.code == no_character) {
            safe += "\uFFFD";
        } else {
            safe += text.substr(0, character.bytes);
        }
        text.remove_prefix(character.bytes);
    }
    return safe;
}

}  // namespace

std::string safe_line(std::string_view text) {
    return replaced(text, [](char) { return ' '; });
}

std::string safe_cell(std::string_view text) {
    return replaced(text, [](char space) { return space; });
}

std::string csv_cell(std::string_view text) {
    const std::string cell = without_formula(safe_cell(text));
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
        return cell;
    }
    std::string quoted = "\"";
    for (const char each : cell) {
        quoted += each == '"' ? "\"\"" : std::string(1, each);
    }
    return quoted + "\"";
}

std::size_t width(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) {
        const Character character = first_character(text);
        text.remove_prefix(character.bytes);
        if (is_in(wide, character.code)) {
            columns += 2;
        } else if (!is_in(combining, character.code)) {
            ++columns;
        }
    }
    return columns;
}

}  // namespace kokemus::answer
