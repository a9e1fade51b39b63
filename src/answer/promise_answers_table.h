#pragma once

#include <string>

#include "answer/grid.h"
#include "answer/promise_answers.h"

namespace kokemus::answer {

/// These answers for the terminal.
std::string table_of(const Lateness& lateness, Colour colour);
std::string table_of(const Foresight& foresight, Colour colour);

}  // namespace kokemus::answer
