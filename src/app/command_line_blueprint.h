#pragma once

#include "app/command_line_keeping.h"

namespace kokemus::app {

/// The words of the commands on the blueprint: diff, apply, blueprint.
void add_blueprint(CLI::App& program, const CommandSettings& settings, Runner& runner);

}  // namespace kokemus::app
