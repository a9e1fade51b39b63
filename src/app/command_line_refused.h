#pragma once

#include "app/command_line_keeping.h"

namespace kokemus::app {

/// The words of `kokemus refused`: list, show, replay.
void add_refused(CLI::App& program, const CommandSettings& settings, Runner& runner);

}  // namespace kokemus::app
