#include "intake/column_types.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::intake {

namespace {

constexpr std::size_t whole_digits_max = 18;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Whether `text` has digits where `pattern` has '0' and the same character elsewhere, over the
/// pattern's length.
bool fits(std::string_view text, std::string_view pattern) {
    if (text.size() < pattern.size()) {
        return false;
    }
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] == '0' ? !is_digit(text[at]) : pattern[at] != text[at]) {
            return false;
        }
    }
    return true;
}

struct Number {
    bool is = false;
    bool whole = false;
    bool leading_zero = false;
    double value = 0;
};

Number read_number(std::string_view text) {
    Number number;
    const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    const std::string_view digits = text.substr(sign);
    if (digits.empty() || (!is_digit(digits[0]) && digits[0] != '.')) {
        return number;  // also keeps "nan" and "inf" texts
    }
    const char* from = text.data() + (text[0] == '+' ? 1 : 0);
    const auto [end, error] = std::from_chars(from, text.data() + text.size(), number.value);
    number.is =
        error == std::errc() && end == text.data() + text.size() && std::isfinite(number.value);
    number.whole = number.is && std::all_of(digits.begin(), digits.end(), is_digit);
    number.leading_zero = number.is && digits.size() > 1 && digits[0] == '0' && is_digit(digits[1]);
    if (number.whole && digits.size() > whole_digits_max) {
        number.leading_zero = true;  // an id, which a number would cut short
    }
    return number;
}

/// "2026-01-02 03:04", with T, seconds, fraction and offset as may be. `zoned`: it says its offset.
bool is_iso_time(std::string_view text, bool& zoned) {
    if (!fits(text, "0000-00-00 00:00") && !fits(text, "0000-00-00T00:00")) {
        return false;
    }
    std::string_view rest = text.substr(16);
    if (fits(rest, ":00")) {
        rest.remove_prefix(3);
        if (!rest.empty() && rest[0] == '.') {
            const auto end = std::find_if_not(rest.begin() + 1, rest.end(), is_digit);
            rest.remove_prefix(static_cast<std::size_t>(end - rest.begin()));
        }
    }
    zoned = !rest.empty();
    if (rest.size() > 1 && rest[0] == ' ') {
        rest.remove_prefix(1);
    }
    if (rest.empty() || rest == "Z" || rest == "UTC") {
        return true;
    }
    return (rest[0] == '+' || rest[0] == '-') &&
           ((rest.size() == 6 && fits(rest.substr(1), "00:00")) ||
            (rest.size() == 5 && fits(rest.substr(1), "0000")) ||
            (rest.size() == 3 && fits(rest.substr(1), "00")));
}

}  // namespace

void ColumnLook::add(std::string_view text) {
    if (text.empty()) {
        return;
    }
    ++seen_;
    if (const Number number = read_number(text); number.is) {
        least_ = number_ == 0 ? number.value : std::min(least_, number.value);
        largest_ = number_ == 0 ? number.value : std::max(largest_, number.value);
        ++number_;
        whole_ += number.whole ? 1 : 0;
        leading_zero_ = leading_zero_ || number.leading_zero;
        return;
    }
    bool zoned = false;
    if (text.size() <= 5) {
        const std::string word = lower(text);
        truth_ += word == "true" || word == "false" ? 1 : 0;
    } else if (text.size() == 10 && fits(text, "0000-00-00")) {
        ++day_;
    } else if (is_iso_time(text, zoned)) {
        ++time_;
        zoned_ += zoned ? 1 : 0;
    }
}

Look ColumnLook::look() const {
    if (seen_ == 0) {
        return Look::Empty;
    }
    const auto most = [this](std::uint64_t count) { return count * 100 >= seen_ * 99; };
    if (leading_zero_) {
        return Look::Text;
    }
    if (most(whole_)) {
        return Look::Whole;
    }
    if (most(number_)) {
        return Look::Number;
    }
    if (most(truth_)) {
        return Look::Truth;
    }
    if (most(day_)) {
        return Look::Day;
    }
    return most(time_ + day_) ? Look::Time : Look::Text;
}

std::string duckdb_type(const ColumnLook& look) {
    switch (look.look()) {
        case Look::Whole: return "BIGINT";
        case Look::Number: return "DOUBLE";
        case Look::Truth: return "BOOLEAN";
        case Look::Day: return "DATE";
        case Look::Time: return look.zoned_ > 0 ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP";
        default: return "VARCHAR";
    }
}

std::vector<std::string> usable_names(const std::vector<std::string>& header) {
    std::vector<std::string> names;
    std::set<std::string> taken;
    for (const std::string& written : header) {
        std::string name(trim(written));
        if (name.empty()) {
            name = fmt::format("column {}", names.size() + 1);
        }
        std::string unique = name;
        for (std::size_t repeat = 1; !taken.insert(lower(unique)).second; ++repeat) {
            unique = fmt::format("{}_{}", name, repeat);
        }
        names.push_back(unique);
    }
    return names;
}

}  // namespace kokemus::intake
