#pragma once

#include "app/command_line_keeping.h"

namespace kokemus::app {

/// The words of `kokemus watch`.
void add_watch(CLI::App& program, const CommandSettings& settings, Runner& runner);

}  // namespace kokemus::app
