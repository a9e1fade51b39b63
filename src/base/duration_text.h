#pragma once

#include <string>

#include "base/instant.h"

namespace kokemus {

/// The shortest text in one unit that `parse_duration` reads back to exactly this: "7d", "36h",
/// "1500ms", "0s". Weeks are written as days. (For people: `format_duration`.)
std::string duration_text(Milliseconds duration);

}  // namespace kokemus
