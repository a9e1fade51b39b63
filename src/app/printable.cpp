#include "app/printable.h"

#include <cstdint>

#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::app {

namespace {

/// Of the first letter; 1 for a byte that begins none.
std::size_t letter_bytes(std::string_view text) {
    for (std::size_t bytes = 1; bytes <= 4 && bytes <= text.size(); ++bytes) {
        if (is_valid_utf8(text.substr(0, bytes))) {
            return bytes;
        }
    }
    return 1;
}

/// What a letter of several bytes stands for.
std::uint32_t point_of(std::string_view letter) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(letter[at]); };
    std::uint32_t point = byte(0) & (0xFFU >> (letter.size() + 1));
    for (std::size_t at = 1; at < letter.size(); ++at) {
        point = (point << 6U) | (byte(at) & 0x3FU);
    }
    return point;
}

/// Controls of terminals beyond ASCII, and those that make text read otherwise than it is.
bool is_control(std::uint32_t point) {
    return point < 0xA0 || point == 0x200E || point == 0x200F || point == 0x2028 ||
           point == 0x2029 || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

std::string printable_byte(char byte, LineBreaks breaks) {
    const auto value = static_cast<unsigned char>(byte);
    if (byte == '\n' && breaks == LineBreaks::Kept) {
        return "\n";
    }
    if (byte == '\n' || byte == '\t' || byte == '\r') {
        return byte == '\n' ? "\\n" : byte == '\t' ? "\\t" : "\\r";
    }
    return value < 0x20 || value >= 0x7F ? fmt::format("\\x{:02x}", value) : std::string(1, byte);
}

}  // namespace

std::string printable(std::string_view text, LineBreaks breaks) {
    std::string out;
    while (!text.empty()) {
        const std::string_view letter = text.substr(0, letter_bytes(text));
        if (letter.size() == 1) {
            out += printable_byte(text.front(), breaks);
        } else if (const std::uint32_t point = point_of(letter); is_control(point)) {
            out += fmt::format("\\u{:04x}", point);
        } else {
            out += letter;
        }
        text.remove_prefix(letter.size());
    }
    return out;
}

}  // namespace kokemus::app
