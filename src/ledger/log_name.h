#pragma once

#include <sys/types.h>

#include <filesystem>

#include "base/result.h"

namespace kokemus::ledger {

/// Whether the name of DuckDB's log is on disk. DuckDB syncs what it writes into the log, but
/// begins a new file after each checkpoint, and after a loss of power a file without a name is gone
/// with all that was synced into it. Not thread safe.
class LogName {
public:
    explicit LogName(std::filesystem::path database);

    /// To be called after each commit and before anybody is told of it: puts the folder on disk
    /// when the log is another file than the last time. One look at the file otherwise.
    Status settle();

    /// To be called when the log was folded in otherwise than by a commit: the next one is taken
    /// for a new file, also where it gets the number of the one that went.
    void forget() { file_ = 0; }

private:
    std::filesystem::path log_;
    ino_t file_ = 0;  ///< that was there the last time; 0: none
    off_t bytes_ = 0;
};

}  // namespace kokemus::ledger
