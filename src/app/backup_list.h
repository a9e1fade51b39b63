#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

namespace kokemus::app {

/// Remembers, in `backups.json` in the data folder, that a backup of it is begun and where it is
/// put, before any byte of it is: erasures name those that may still hold the person. The newest
/// thousand are kept.
Status note_begun(const std::filesystem::path& data, const std::filesystem::path& folder,
                  Instant begun_at);

/// That the one begun there is complete.
Status note_backup(const std::filesystem::path& data, const std::filesystem::path& folder,
                   Instant made_at);

/// That the one begun there came to nothing, and nothing is left of it.
Status forget_begun(const std::filesystem::path& data, const std::filesystem::path& folder);

/// "the backup of 2026-11-22T10:00:00Z in /backups/monday", the oldest first, or "the backup begun
/// at ... in ...", for one that is being made or was killed; also of those that were moved or
/// removed since, of which nobody here can know.
Result<std::vector<std::string>> backups_made(const std::filesystem::path& data);

}  // namespace kokemus::app
