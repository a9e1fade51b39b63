#pragma once

#include <cstdint>
#include <string>

#include "metric/compare.h"
#include "metric/value.h"

/// Numbers as people read them in sentences and tables (English). Digits follow the interval: a
/// half width of 5 and more shows none behind the point, of 0.5 and more one, below that two;
/// experience shows one unless its half width is below 0.05.
namespace kokemus::answer {

using metric::Value;

/// "1,234.5" with `decimals`, minus U+2212; "0.0" for what rounds to it, never "−0.0".
std::string number_text(double number, int decimals);

/// Decimals for numbers whose interval is so wide.
int decimals_for(double half_width);

/// The estimate alone, in its unit: "39.8", "71.4%", "+0.4"; "" when there are too few answers.
std::string estimate_text(const Value& value);

/// "39.8, 37.1 to 42.4", "71.4%, 70.9 to 71.9", or "not enough answers (n = 4)".
std::string value_text(const Value& value);

/// How much it is, without its sign: "6 points, 2 to 10", "5.1 points, 4.0 to 6.2", "0.3, 0.2 to
/// 0.4". For changes beyond chance.
std::string size_text(const metric::Change& change);

/// With its sign: "−1.9, −2.1 to −1.7".
std::string change_text(const metric::Change& change);

/// A share without an interval: "71.4%", "<0.1%" for what is more than none.
std::string percent_text(double share);

/// A value of a field, or "(none given)".
std::string none_given(const std::string& value);

/// "1,234"
std::string count_text(std::uint64_t count);

/// A target or other exact number in a unit: "40", "90%", "+1.5".
std::string exact_text(double number, metric::Unit unit);

}  // namespace kokemus::answer
