#pragma once

#include <filesystem>

#include "backup/backup.h"
#include "backup/manifest.h"
#include "base/clock.h"
#include "base/result.h"

namespace kokemus::backup {

enum class Existing {
    Refuse,     ///< what lies in the data folder is a Conflict
    MoveAside,  ///< it is moved to `ledger.before-restore-<time>` in the data folder
};

struct RestoredFolder {
    Manifest manifest;
    std::filesystem::path moved_to;  ///< where what was there lies now; empty: nothing was there
};

/// Puts the backup in `from` into the data folder `data`, which no other process may hold. Every
/// checksum is compared first: with one file damaged or missing (Corrupt, all of them named)
/// nothing is changed. The new ledger takes its place in one step, last of all; killed before that,
/// the data folder has no ledger, what it had lies aside, and restoring again completes it. The
/// snapshot of the timeline goes: it belonged to what was there.
Result<RestoredFolder> restore_backup(const std::filesystem::path& from,
                                      const std::filesystem::path& data, Existing existing,
                                      const Clock& clock, const Say& say = {});

}  // namespace kokemus::backup
