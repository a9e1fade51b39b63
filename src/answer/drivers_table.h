#pragma once

#include <string>

#include "answer/drivers.h"
#include "answer/grid.h"

namespace kokemus::answer {

/// The tables of an answer to `drivers`: shares with bars, what is left out, the caveat, segments.
std::string drivers_table(const Drivers& drivers, Colour colour);

}  // namespace kokemus::answer
