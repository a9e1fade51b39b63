#pragma once

#include <filesystem>
#include <string>

#include "backup/backup.h"
#include "ledger/ledger.h"

namespace kokemus::app {

/// Makes a backup (backup/backup.h) and says what it holds, as JSON: the same from the command and
/// from a server that was asked.
Result<std::string> back_up(ledger::Ledger& ledger, const std::filesystem::path& data,
                            const std::filesystem::path& folder, const backup::Say& say = {});

}  // namespace kokemus::app
