#pragma once

#include "app/command_line_keeping.h"

namespace kokemus::app {

/// Adds the commands that serve the customers' own rights: erase, erasures, copy,
/// retention. `runner` becomes what
/// was asked for.
void add_privacy(CLI::App& program, const CommandSettings& settings, Runner& runner);

}  // namespace kokemus::app
