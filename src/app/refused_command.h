#pragma once

#include <string>

#include "app/command.h"

namespace kokemus::app {

/// Options of `kokemus refused`: the list of what was refused at the doors.
struct RefusedCommand {
    std::string door, state, code, source;  ///< empty: any
    std::string id;                         ///< of the item to show
    bool dry_run = false;
    bool json = false;
};

/// Prints the items that are wanted, the newest first, at most `page_items_max`.
Result<Exit> list_refused(const CommandSettings& settings, const RefusedCommand& options);

/// Prints one item, with its text while it is open.
Result<Exit> show_refused(const CommandSettings& settings, const RefusedCommand& options);

/// Sends all open items that are wanted again, with the rules of the blueprint as they are. The
/// ledger must be free: while a server runs, it is asked to (POST /api/refused/replay). Attention
/// when some stay open.
Result<Exit> replay_refused(const CommandSettings& settings, const RefusedCommand& options);

}  // namespace kokemus::app
