#include "base/instant.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"

namespace kokemus {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr Instant earliest{sys_days{std::chrono::year{1} / 1 / 1}};
constexpr Instant after_latest{sys_days{std::chrono::year{10000} / 1 / 1}};

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// Eats a text from the left; every `take_*` leaves it untouched when it does not match.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool done() const { return rest_.empty(); }

    bool take(char letter) {
        if (rest_.empty() || rest_.front() != letter) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }

    bool take_either(char one, char other) { return take(one) || take(other); }

    /// Exactly `count` digits.
    std::optional<int> take_number(std::size_t count) {
        if (rest_.size() < count) {
            return std::nullopt;
        }
        int number = 0;
        for (std::size_t place = 0; place < count; ++place) {
            if (!is_digit(rest_[place])) {
                return std::nullopt;
            }
            number = number * 10 + (rest_[place] - '0');
        }
        rest_.remove_prefix(count);
        return number;
    }

    /// One to nine digits after a decimal point, as whole milliseconds; what is finer is cut off.
    std::optional<int> take_fraction() {
        int number = 0;
        std::size_t count = 0;
        while (count < rest_.size() && count < 9 && is_digit(rest_[count])) {
            if (count < 3) {
                number = number * 10 + (rest_[count] - '0');
            }
            ++count;
        }
        if (count == 0) {
            return std::nullopt;
        }
        for (std::size_t place = count; place < 3; ++place) {
            number *= 10;
        }
        rest_.remove_prefix(count);
        return number;
    }

private:
    std::string_view rest_;
};

Error not_an_instant(std::string_view text, std::string_view why) {
    return invalid_input(fmt::format("{} is not a time: {}", quote(text), why));
}

constexpr std::string_view instant_forms =
    "write \"2026-01-02T03:04:05Z\", \"2026-01-02 03:04:05+02:00\", \"2026-01-02\" or Unix seconds";

bool looks_like_unix_time(std::string_view text) {
    if (text.starts_with('-')) {
        text.remove_prefix(1);
    }
    if (text.empty()) {
        return false;
    }
    for (const char letter : text) {
        if (!is_digit(letter)) {
            return false;
        }
    }
    return true;
}

Result<Instant> parse_unix_time(std::string_view text) {
    const bool negative = text.starts_with('-');
    const std::string_view digits = negative ? text.substr(1) : text;
    if (digits.size() > 15) {
        return not_an_instant(text,
                              "more than 15 digits are neither Unix seconds nor milliseconds");
    }
    std::int64_t number = 0;
    for (const char digit : digits) {
        number = number * 10 + (digit - '0');
    }
    const std::int64_t milliseconds = digits.size() > 11 ? number : number * 1000;
    const Instant time{Milliseconds{negative ? -milliseconds : milliseconds}};
    if (time < earliest || time >= after_latest) {
        return not_an_instant(text, "it lies outside the years 1 to 9999");
    }
    return time;
}

Result<Instant> read_day(Reader& reader, std::string_view text) {
    const auto year = reader.take_number(4);
    const bool first_dash = reader.take('-');
    const auto month = reader.take_number(2);
    const bool second_dash = reader.take('-');
    const auto day = reader.take_number(2);
    if (!year || !first_dash || !month || !second_dash || !day) {
        return not_an_instant(text, instant_forms);
    }
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (*year == 0) {
        return not_an_instant(text, "it lies outside the years 1 to 9999");
    }
    if (!date.ok()) {
        return not_an_instant(text, "there is no such day in the calendar");
    }
    return Instant{sys_days{date}};
}

Result<Milliseconds> read_time_of_day(Reader& reader, std::string_view text) {
    const auto hour = reader.take_number(2);
    const bool colon = reader.take(':');
    const auto minute = reader.take_number(2);
    if (!hour || !colon || !minute) {
        return not_an_instant(text, instant_forms);
    }
    int second = 0;
    int fraction = 0;
    if (reader.take(':')) {
        const auto seconds = reader.take_number(2);
        if (!seconds) {
            return not_an_instant(text, instant_forms);
        }
        second = *seconds;
        if (reader.take_either('.', ',')) {
            const auto milliseconds = reader.take_fraction();
            if (!milliseconds) {
                return not_an_instant(text, "digits must follow the decimal point of the seconds");
            }
            fraction = *milliseconds;
        }
    }
    if (*hour > 23 || *minute > 59 || second > 59) {
        return not_an_instant(text, "a day has the times 00:00:00 to 23:59:59");
    }
    return std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{second} + Milliseconds{fraction};
}

/// "Z", "+02:00", "+0200", "+02" or nothing (UTC).
Result<Milliseconds> read_offset(Reader& reader, std::string_view text) {
    reader.take(' ');
    if (reader.done() || reader.take_either('Z', 'z')) {
        return Milliseconds{0};
    }
    const bool east = reader.take('+');
    if (!east && !reader.take('-')) {
        return not_an_instant(text, instant_forms);
    }
    const auto hours = reader.take_number(2);
    reader.take(':');
    const auto minutes = reader.done() ? std::optional<int>{0} : reader.take_number(2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) {
        return not_an_instant(text, "an offset is written as \"+02:00\"");
    }
    const Milliseconds offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    return east ? offset : -offset;
}

}  // namespace

Result<Instant> parse_instant(std::string_view text) {
    const std::string_view trimmed = trim(text);
    if (looks_like_unix_time(trimmed)) {
        return parse_unix_time(trimmed);
    }
    Reader reader(trimmed);
    Instant time = TRY(read_day(reader, text));
    if (!reader.done()) {
        if (!reader.take_either('T', 't') && !reader.take(' ')) {
            return not_an_instant(text, instant_forms);
        }
        time += TRY(read_time_of_day(reader, text));
        time -= TRY(read_offset(reader, text));
    }
    if (!reader.done()) {
        return not_an_instant(text, instant_forms);
    }
    if (time < earliest || time >= after_latest) {
        return not_an_instant(text, "it lies outside the years 1 to 9999");
    }
    return time;
}

std::string format_instant(Instant time) {
    const Instant shown = std::min(std::max(time, earliest), after_latest - Milliseconds{1});
    const auto day = std::chrono::floor<days>(shown);
    const std::chrono::hh_mm_ss clock{shown - day};
    std::string text = fmt::format("{}T{:02}:{:02}:{:02}",
                                   format_day(shown),
                                   clock.hours().count(),
                                   clock.minutes().count(),
                                   clock.seconds().count());
    if (clock.subseconds().count() != 0) {
        text += fmt::format(".{:03}", clock.subseconds().count());
    }
    return text + 'Z';
}

std::string format_day(Instant time) {
    const Instant shown = std::min(std::max(time, earliest), after_latest - Milliseconds{1});
    const std::chrono::year_month_day date{std::chrono::floor<days>(shown)};
    return fmt::format("{:04}-{:02}-{:02}",
                       static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

}  // namespace kokemus
