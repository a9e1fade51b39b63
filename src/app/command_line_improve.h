#pragma once

#include "app/command_line_keeping.h"

namespace kokemus::app {

/// The words of `kokemus improve`: register, power, list, show, verdict, amend, withdraw, check.
void add_improve(CLI::App& program, const CommandSettings& settings, Runner& runner);

}  // namespace kokemus::app
