#pragma once

#include <cstdint>
#include <string_view>

#include "base/random.h"
#include "sample/organisation.h"

namespace kokemus::sample {

/// A comment that fits what happened and how it felt; 0 when there is none for the touchpoint.
std::uint16_t pick_comment(Touchpoint touchpoint, double experience, bool finnish, Random& random);

/// "" for 0.
std::string_view comment_text(std::uint16_t comment);

}  // namespace kokemus::sample
