#pragma once

#include <functional>

#include "app/command.h"

namespace CLI {
class App;
}

namespace kokemus::app {

/// What the words of the command line have chosen to be run.
using Runner = std::function<Result<Exit>()>;

/// The words of the commands that keep data safe: backup, restore, verify.
void add_keeping(CLI::App& program, const CommandSettings& settings, Runner& runner);

}  // namespace kokemus::app
