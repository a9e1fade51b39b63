#include "refused/item_texts.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>

#include "refused/bounds.h"

namespace kokemus::refused {

namespace {

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

/// Every escape of JSON, wherever it stands.
std::string without_escapes(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\\' && at + 1 < text.size()) {
            put_escape(text, ++at, out);
        } else {
            out += text[at++];
        }
    }
    return out;
}

/// The byte that two hexadecimal digits stand for.
std::optional<char> byte_of(std::string_view digits) {
    unsigned value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [read, fault] = std::from_chars(digits.data(), end, value, 16);
    return fault == std::errc() && read == end && digits.size() == 2
               ? std::optional(static_cast<char>(value))
               : std::nullopt;
}

/// As an address writes what is not a letter of its own: %40.
std::string without_percents(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = text[at] == '%' ? byte_of(text.substr(at + 1, 2)) : std::optional<char>();
        out += byte.value_or(text[at]);
        at += byte ? 2 : 0;
    }
    return out;
}

bool holds(std::string_view text, std::string_view name) {
    return ::memmem(text.data(), text.size(), name.data(), name.size()) != nullptr;
}

}  // namespace

NamesInItems::NamesInItems(std::span<const std::string> names) {
    for (const std::string& name : names) {
        if (!name.empty()) {
            (name.size() < bounds::found_anywhere_bytes_min ? short_ : long_).insert(name);
        }
    }
}

bool NamesInItems::any_in(std::string_view item) const {
    return any_short_in(item) || any_long_in(item);
}

bool NamesInItems::any_short_in(std::string_view item) const {
    if (short_.empty()) {
        return false;
    }
    const auto texts = texts_in(item);
    return std::ranges::any_of(texts, [&](const std::string& text) {
        return short_.contains(text) || short_.contains(without_percents(text));
    });
}

bool NamesInItems::any_long_in(std::string_view item) const {
    const auto is_in = [&](std::string_view text) {
        return std::ranges::any_of(long_,
                                   [&](const std::string& name) { return holds(text, name); });
    };
    std::string text(item);
    for (int layer = 0; layer < layers_max; ++layer) {
        if (is_in(text) || (text.find('%') != std::string::npos && is_in(without_percents(text)))) {
            return true;
        }
        if (text.find('\\') == std::string::npos) {
            return false;
        }
        text = without_escapes(text);
    }
    return false;
}

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

}  // namespace kokemus::refused
