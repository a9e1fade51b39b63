#pragma once

#include <string>

#include "question/factor.h"

namespace kokemus::driver {

/// What a factor is, in words that stand before a number: "days late with 'delivery'".
std::string words_of(const question::Factor& factor);

/// What it is counted in: "days", "hours", "minutes"; "" for counts, answers and texts.
std::string measured_in(const question::Factor& factor);

}  // namespace kokemus::driver
