#include "refused/item_texts.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

namespace kokemus::refused {

namespace {

struct Letter {
    std::uint32_t point = 0;
    std::size_t bytes = 1;
};

/// The first letter of UTF-8; a byte that begins none stands for itself.
Letter letter_of(std::string_view text) {
    const auto byte = [&](std::size_t at) {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    };
    const unsigned first = byte(0);
    const std::size_t bytes = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    std::uint32_t point = bytes == 1 ? first : first & (0xFFU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        point = (point << 6U) | (byte(i) & 0x3FU);
    }
    return {point, std::min(bytes, text.size())};
}

void put_utf8(std::string& out, std::uint32_t point) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | (point >> 6U));
        put(0x80 | (point & 0x3FU));
    } else if (point < 0x10000) {
        put(0xE0 | (point >> 12U));
        put(0x80 | ((point >> 6U) & 0x3FU));
        put(0x80 | (point & 0x3FU));
    } else {
        put(0xF0 | (point >> 18U));
        put(0x80 | ((point >> 12U) & 0x3FU));
        put(0x80 | ((point >> 6U) & 0x3FU));
        put(0x80 | (point & 0x3FU));
    }
}

enum class Digits { Small, Capital };

std::string escaped(std::uint32_t unit, Digits digits) {
    return digits == Digits::Small ? fmt::format("\\u{:04x}", unit)
                                   : fmt::format("\\u{:04X}", unit);
}

std::string plain_spelling(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        out += letter == '"' || letter == '\\' ? "\\" : "";
        out += letter;
    }
    return out;
}

std::string ascii_spelling(std::string_view text, Digits digits) {
    std::string out;
    while (!text.empty()) {
        const auto [point, bytes] = letter_of(text);
        if (point < 0x80) {
            out += plain_spelling(text.substr(0, 1));
        } else if (point < 0x10000) {
            out += escaped(point, digits);
        } else {
            out += escaped(0xD800 + ((point - 0x10000) >> 10U), digits);
            out += escaped(0xDC00 + ((point - 0x10000) & 0x3FFU), digits);
        }
        text.remove_prefix(bytes);
    }
    return out;
}

/// Four hexadecimal digits behind "\u"; what is none counts as zero.
std::uint32_t unit_at(std::string_view item, std::size_t at) {
    std::uint32_t unit = 0;
    for (const char digit : item.substr(std::min(at, item.size()), 4)) {
        constexpr std::string_view digits = "0123456789abcdef";
        const auto value = digits.find(
            static_cast<char>(digit >= 'A' && digit <= 'F' ? digit - 'A' + 'a' : digit));
        unit =
            unit * 16 + (value == std::string_view::npos ? 0 : static_cast<std::uint32_t>(value));
    }
    return unit;
}

/// What the escape at `at` (behind its backslash) stands for; `at` moves behind it.
void put_escape(std::string_view item, std::size_t& at, std::string& out) {
    constexpr std::string_view names = "nrtbf";
    constexpr std::string_view meanings = "\n\r\t\b\f";
    const char name = item[at++];
    if (name != 'u') {
        const auto known = names.find(name);
        out += known == std::string_view::npos ? name : meanings[known];
        return;
    }
    std::uint32_t point = unit_at(item, at);
    at += 4;
    if (point >= 0xD800 && point < 0xDC00 &&
        item.substr(std::min(at, item.size())).starts_with("\\u")) {
        point = 0x10000 + ((point - 0xD800) << 10U) + ((unit_at(item, at + 2) - 0xDC00) & 0x3FFU);
        at += 6;
    }
    put_utf8(out, point);
}

}  // namespace

std::vector<std::string> texts_in(std::string_view item) {
    std::vector<std::string> texts;
    for (std::size_t at = item.find('"'); at < item.size(); at = item.find('"', at)) {
        std::string text;
        ++at;
        while (at < item.size() && item[at] != '"') {
            if (item[at] == '\\' && at + 1 < item.size()) {
                put_escape(item, ++at, text);
            } else {
                text += item[at++];
            }
        }
        texts.push_back(std::move(text));
        ++at;
    }
    return texts;
}

std::vector<std::string> json_spellings(std::string_view text) {
    if (text.empty()) {
        return {};
    }
    std::vector<std::string> spellings{std::string(text)};
    for (std::string other : {plain_spelling(text),
                              ascii_spelling(text, Digits::Small),
                              ascii_spelling(text, Digits::Capital)}) {
        if (std::ranges::find(spellings, other) == spellings.end()) {
            spellings.push_back(std::move(other));
        }
    }
    return spellings;
}

}  // namespace kokemus::refused
