#include "answer/number_text.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace kokemus::answer {
namespace {

constexpr std::string_view minus = "\u2212";

/// Puts commas into the whole part.
std::string grouped(const std::string& digits) {
    const std::size_t point = std::min(digits.find('.'), digits.size());
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i < point && (point - i) % 3 == 0) {
            out += ',';
        }
        out += digits[i];
    }
    return out;
}

/// What a unit's numbers are multiplied by to be read: shares as percent.
double reading_factor(metric::Unit unit) {
    return unit == metric::Unit::Share ? 100 : 1;
}

std::string_view sign_behind(metric::Unit unit) {
    return unit == metric::Unit::Share ? "%" : "";
}

std::string in_unit(double number, metric::Unit unit, int decimals) {
    const std::string text = number_text(number * reading_factor(unit), decimals);
    const bool signed_unit = unit == metric::Unit::Experience;
    return signed_unit && number > 0 && text.find_first_of("123456789") != std::string::npos
               ? "+" + text
               : text;
}

int decimals_of(const stats::Interval& interval, metric::Unit unit) {
    const double half_width = (interval.high - interval.low) / 2;
    if (unit == metric::Unit::Experience) {
        return half_width >= 0.05 ? 1 : 2;
    }
    return decimals_for(half_width * reading_factor(unit));
}

}  // namespace

std::string number_text(double number, int decimals) {
    if (!std::isfinite(number)) {
        return "?";
    }
    const std::string digits = grouped(fmt::format("{:.{}f}", std::abs(number), decimals));
    const bool zero = digits.find_first_of("123456789") == std::string::npos;
    return number < 0 && !zero ? std::string(minus) + digits : digits;
}

int decimals_for(double half_width) {
    return half_width >= 5 ? 0 : half_width >= 0.5 ? 1 : 2;
}

std::string estimate_text(const Value& value) {
    if (!value.enough()) {
        return "";
    }
    const int decimals = decimals_of(value.is.interval, value.unit);
    return in_unit(value.is.estimate, value.unit, decimals).append(sign_behind(value.unit));
}

std::string value_text(const Value& value) {
    if (!value.enough()) {
        return value.why_not;
    }
    const int decimals = decimals_of(value.is.interval, value.unit);
    return fmt::format("{}, {} to {}",
                       estimate_text(value),
                       in_unit(value.is.interval.low, value.unit, decimals),
                       in_unit(value.is.interval.high, value.unit, decimals));
}

std::string size_text(const metric::Change& change) {
    const double factor = reading_factor(change.unit);
    const int decimals = decimals_of(change.interval, change.unit);
    const double near = std::min(std::abs(change.interval.low), std::abs(change.interval.high));
    const double far = std::max(std::abs(change.interval.low), std::abs(change.interval.high));
    const bool points = change.unit == metric::Unit::Points || change.unit == metric::Unit::Share;
    return fmt::format("{}{}, {} to {}",
                       number_text(std::abs(change.estimate) * factor, decimals),
                       points ? " points" : "",
                       number_text(near * factor, decimals),
                       number_text(far * factor, decimals));
}

std::string change_text(const metric::Change& change) {
    const double factor = reading_factor(change.unit);
    const int decimals = decimals_of(change.interval, change.unit);
    const auto with_sign = [&](double number) {
        return (number > 0 ? "+" : "") + number_text(number * factor, decimals);
    };
    return fmt::format("{}, {} to {}",
                       with_sign(change.estimate),
                       with_sign(change.interval.low),
                       with_sign(change.interval.high));
}

std::string percent_text(double share) {
    if (share > 0 && share < 0.0005) {
        return "<0.1%";
    }
    return number_text(100 * share, 1) + "%";
}

std::string none_given(const std::string& value) {
    return value.empty() ? "(none given)" : value;
}

std::string count_text(std::uint64_t count) {
    return grouped(fmt::format("{}", count));
}

std::string exact_text(double number, metric::Unit unit) {
    const double read = number * reading_factor(unit);
    // As many decimals as it needs, at most two.
    int decimals = 0;
    while (decimals < 2 && std::abs(read * std::pow(10, decimals) -
                                    std::round(read * std::pow(10, decimals))) > 1e-9) {
        ++decimals;
    }
    return in_unit(number, unit, decimals).append(sign_behind(unit));
}

}  // namespace kokemus::answer
