#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

namespace kokemus::app {

/// Remembers, in `backups.json` in the data folder, that a backup was made of it and where it was
/// put: erasures name those that may still hold the person. The newest thousand are kept.
Status note_backup(const std::filesystem::path& data, const std::filesystem::path& folder,
                   Instant made_at);

/// "the backup of 2026-11-22T10:00:00Z in /backups/monday", the oldest first; also of those that
/// were moved or removed since, of which nobody here can know.
Result<std::vector<std::string>> backups_made(const std::filesystem::path& data);

}  // namespace kokemus::app
