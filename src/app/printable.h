#pragma once

#include <string>
#include <string_view>

namespace kokemus::app {

enum class LineBreaks { Kept, Escaped };

/// Text that others sent, as a terminal may be given it: control characters, those that turn the
/// direction of writing, and bytes that are no UTF-8 as escapes (\x1b, \u202e). What it was stays
/// readable.
std::string printable(std::string_view text, LineBreaks breaks = LineBreaks::Escaped);

}  // namespace kokemus::app
