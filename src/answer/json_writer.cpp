#include "answer/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace kokemus::answer {
namespace {

constexpr int significant_digits = 12;
constexpr std::uint32_t replacement = 0xFFFD;

template <typename Integer>
void append_integer(std::string& out, Integer integer) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), integer);
    out.append(digits.data(), end.ptr);
}

void append_text(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const Character character = first_character(text);
        const std::string_view bytes = text.substr(0, character.bytes);
        text.remove_prefix(character.bytes);
        if (character.code == '"' || character.code == '\\') {
            out += '\\';
            out += bytes;
        } else if (character.code == '\n') {
            out += "\\n";
        } else if (is_unsafe(character.code) || character.code == '<') {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", character.code);
        } else if (character.code == replacement) {
            out += "\uFFFD";
        } else {
            out += bytes;
        }
    }
    out += '"';
}

}  // namespace

Character first_character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    if (lead < 0x80) {
        return Character{lead, 1};
    }
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) {
        return Character{replacement, 1};
    }
    std::uint32_t code = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) {
            return Character{replacement, 1};
        }
        code = (code << 6U) | (byte(i) & 0x3FU);
    }
    constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < least.at(length) || surrogate || code > 0x10FFFF) {
        return Character{replacement, 1};
    }
    return Character{code, length};
}

bool is_unsafe(std::uint32_t code) {
    const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
    const bool line_end = code == 0x2028 || code == 0x2029;
    const bool direction = code == 0x200E || code == 0x200F || code == 0x061C ||
                           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    return control || line_end || direction;
}

void JsonWriter::separate() {
    if (needs_comma_) {
        out_ += ',';
    }
    needs_comma_ = true;
}

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    out_ += bracket;
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    out_ += bracket;
    needs_comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    append_text(out_, name);
    out_ += ':';
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view text) {
    separate();
    append_text(out_, text);
    return *this;
}

JsonWriter& JsonWriter::number(double number) {
    if (!std::isfinite(number)) {
        return null();
    }
    separate();
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(),
                                   digits.data() + digits.size(),
                                   number == 0 ? 0.0 : number,
                                   std::chars_format::general,
                                   significant_digits);
    out_.append(digits.data(), end.ptr);
    return *this;
}

JsonWriter& JsonWriter::count(std::uint64_t count) {
    separate();
    append_integer(out_, count);
    return *this;
}

JsonWriter& JsonWriter::whole(std::int64_t number) {
    separate();
    append_integer(out_, number);
    return *this;
}

JsonWriter& JsonWriter::flag(bool flag) {
    separate();
    out_ += flag ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::null() {
    separate();
    out_ += "null";
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

std::string JsonWriter::take() {
    needs_comma_ = false;
    return std::exchange(out_, std::string());
}

}  // namespace kokemus::answer
