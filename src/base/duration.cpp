#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "base/instant.h"
#include "base/text.h"

namespace kokemus {

namespace {

struct Unit {
    std::int64_t milliseconds;
    std::string_view shown;                   ///< how format_duration writes it; empty: never
    std::array<std::string_view, 4> spelled;  ///< how it may be written
};

constexpr std::array<Unit, 6> units{{
    {7 * 86'400'000LL, "", {"w", "week", "weeks", "wk"}},
    {86'400'000LL, "d", {"d", "day", "days", "d"}},
    {3'600'000LL, "h", {"h", "hour", "hours", "hr"}},
    {60'000LL, "min", {"m", "minute", "minutes", "min"}},
    {1'000LL, "s", {"s", "second", "seconds", "sec"}},
    {1LL, "ms", {"ms", "millisecond", "milliseconds", "msec"}},
}};

/// Ten thousand years: enough for everybody, and far from overflow.
constexpr double duration_milliseconds_max = 10'000.0 * 366 * 86'400'000;

std::optional<std::int64_t> unit_milliseconds(std::string_view word) {
    for (const Unit& unit : units) {
        for (const std::string_view spelling : unit.spelled) {
            if (word == spelling) {
                return unit.milliseconds;
            }
        }
    }
    return std::nullopt;
}

Error not_a_duration(std::string_view text, std::string_view why) {
    return invalid_input(fmt::format("{} is not a duration: {}", quote(text), why));
}

constexpr std::string_view duration_forms =
    "write a number and a unit, as \"30s\", \"24h\", \"3 days\"";

Error unknown_unit(std::string_view text, std::string_view word) {
    if (word == "mo" || word == "month" || word == "months") {
        return not_a_duration(text, "a month has 28 to 31 days; write days, as \"30 days\"");
    }
    if (word == "y" || word == "year" || word == "years") {
        return not_a_duration(text, "a year has 365 or 366 days; write days, as \"365 days\"");
    }
    if (word.empty()) {
        return not_a_duration(text, duration_forms);
    }
    return not_a_duration(
        text, fmt::format("there is no unit {}; use ms, s, min, h, d or w", quote(word)));
}

std::string_view take_while(std::string_view& rest, bool (*wanted)(char)) {
    std::size_t length = 0;
    while (length < rest.size() && wanted(rest[length])) {
        ++length;
    }
    const std::string_view taken = rest.substr(0, length);
    rest.remove_prefix(length);
    return taken;
}

bool is_number_letter(char letter) {
    return (letter >= '0' && letter <= '9') || letter == '.';
}

bool is_unit_letter(char letter) {
    return letter >= 'a' && letter <= 'z';
}

bool is_space(char letter) {
    return letter == ' ';
}

}  // namespace

Result<Milliseconds> parse_duration(std::string_view text) {
    const std::string lowered = lower(trim(text));
    std::string_view rest = lowered;
    if (rest == "0") {
        return Milliseconds{0};
    }
    if (rest.starts_with('-')) {
        return not_a_duration(text, "it cannot be negative");
    }
    double total = 0;
    do {
        const std::string_view digits = take_while(rest, is_number_letter);
        take_while(rest, is_space);
        const std::string_view word = take_while(rest, is_unit_letter);
        take_while(rest, is_space);
        double number = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) {
            return not_a_duration(text, duration_forms);
        }
        const auto unit = unit_milliseconds(word);
        if (!unit) {
            return unknown_unit(text, word);
        }
        total += number * static_cast<double>(*unit);
    } while (!rest.empty());
    if (total > duration_milliseconds_max) {
        return not_a_duration(text, "it is longer than 10,000 years");
    }
    return Milliseconds{std::llround(total)};
}

std::string format_duration(Milliseconds duration) {
    const bool negative = duration.count() < 0;
    // Unsigned, because the smallest duration has no positive twin.
    std::uint64_t left = static_cast<std::uint64_t>(duration.count());
    left = negative ? 0 - left : left;
    if (left == 0) {
        return "0 s";
    }
    std::string text = negative ? "\u2212" : "";
    std::size_t first = 1;
    while (left < static_cast<std::uint64_t>(units[first].milliseconds)) {
        ++first;
    }
    if (first + 1 < units.size()) {
        // Round to the second unit shown, which may carry into a larger first one ("23 h 59 min 40
        // s" is "1 d").
        const auto smaller = static_cast<std::uint64_t>(units[first + 1].milliseconds);
        left = (left + smaller / 2) / smaller * smaller;
        if (first > 1 && left >= static_cast<std::uint64_t>(units[first - 1].milliseconds)) {
            --first;
        }
    }
    const auto larger = static_cast<std::uint64_t>(units[first].milliseconds);
    text += fmt::format("{} {}", left / larger, units[first].shown);
    if (first + 1 < units.size() && left % larger != 0) {
        const auto smaller = static_cast<std::uint64_t>(units[first + 1].milliseconds);
        text += fmt::format(" {} {}", left % larger / smaller, units[first + 1].shown);
    }
    return text;
}

}  // namespace kokemus
