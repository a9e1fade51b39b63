#pragma once

#include "app/command.h"
#include "app/watch_wanted.h"

namespace kokemus::app {

struct WatchCommand {
    WatchWords words;
    bool json = false;
};

/// Asks the server that holds the data folder, or looks out here. Attention when something is in
/// alarm.
Result<Exit> watch_out(const CommandSettings& settings, const WatchCommand& options);

}  // namespace kokemus::app
