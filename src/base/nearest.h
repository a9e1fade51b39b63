#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kokemus {

/// The candidate that `name` was most likely meant to be: the one with the fewest single-letter
/// slips (missing, extra, wrong or swapped letters; case does not count), if there are few enough
/// of them to be a slip. Ties: the first. Nothing for names of more than 64 bytes, which nobody
/// mistypes by one letter.
std::optional<std::string_view> nearest(std::string_view name,
                                        std::span<const std::string_view> candidates);

/// "; did you mean "channel"?" for the end of an error message, or nothing.
std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace kokemus
