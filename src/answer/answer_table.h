#pragma once

#include <string>

#include "answer/answer.h"
#include "answer/grid.h"

namespace kokemus::answer {

/// The answer for a terminal: the finding, what was counted, then aligned tables. Long lists of
/// steps end with how many more there are. Safe whatever names and texts hold.
std::string to_table(const Answer& answer, Colour colour = Colour::Never);

}  // namespace kokemus::answer
