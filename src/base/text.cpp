#include "base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace kokemus {

namespace {

/// Bytes of the well-formed UTF-8 character at the start of `text`; 0 if there is none.
/// The ranges are table 3-7 of the Unicode standard, chapter 3.
std::size_t character_bytes(std::string_view text) {
    const auto byte = [&](std::size_t place) { return static_cast<unsigned char>(text[place]); };
    const auto continues = [&](std::size_t place, unsigned from = 0x80, unsigned to = 0xBF) {
        return place < text.size() && byte(place) >= from && byte(place) <= to;
    };
    if (text.empty()) {
        return 0;
    }
    const unsigned lead = byte(0);
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return continues(1) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        const unsigned from = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned to = lead == 0xED ? 0x9F : 0xBF;
        return continues(1, from, to) && continues(2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const unsigned from = lead == 0xF0 ? 0x90 : 0x80;
        const unsigned to = lead == 0xF4 ? 0x8F : 0xBF;
        return continues(1, from, to) && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

char lower_letter(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

void append_escaped(std::string& out, char letter) {
    switch (letter) {
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        default: break;
    }
    const auto byte = static_cast<unsigned char>(letter);
    if (byte < 0x20 || byte == 0x7F || byte >= 0x80) {
        out += fmt::format("\\x{:02x}", byte);
    } else {
        out += letter;
    }
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t bytes = character_bytes(text);
        if (bytes == 0) {
            return false;
        }
        text.remove_prefix(bytes);
    }
    return true;
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n\v\f";
    const std::size_t from = text.find_first_not_of(blank);
    if (from == std::string_view::npos) {
        return {};
    }
    return text.substr(from, text.find_last_not_of(blank) - from + 1);
}

std::string lower(std::string_view text) {
    std::string lowered(text);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower_letter);
    return lowered;
}

std::string quote(std::string_view text, std::size_t bytes_max) {
    std::string out = "\"";
    const std::string_view whole = text;
    while (!text.empty()) {
        const std::size_t bytes = std::max<std::size_t>(character_bytes(text), 1);
        const std::size_t shown = whole.size() - text.size();
        if (shown + bytes > bytes_max) {
            return out + "\u2026\"";
        }
        if (character_bytes(text) > 1) {
            out += text.substr(0, bytes);
        } else {
            append_escaped(out, text.front());
        }
        text.remove_prefix(bytes);
    }
    return out + '"';
}

std::string thousands(std::int64_t number) {
    // Unsigned, because the smallest number has no positive twin.
    const auto bits = static_cast<std::uint64_t>(number);
    const std::string digits = fmt::format("{}", number < 0 ? 0 - bits : bits);
    std::string out = number < 0 ? "\u2212" : "";
    for (std::size_t place = 0; place < digits.size(); ++place) {
        if (place > 0 && (digits.size() - place) % 3 == 0) {
            out += ',';
        }
        out += digits[place];
    }
    return out;
}

std::string count_of(std::uint64_t number, std::string_view one, std::string_view many) {
    const auto shown = static_cast<std::int64_t>(std::min<std::uint64_t>(number, INT64_MAX));
    return fmt::format("{} {}", thousands(shown), number == 1 ? one : many);
}

}  // namespace kokemus
