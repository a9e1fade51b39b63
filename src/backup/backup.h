#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string_view>

#include "backup/manifest.h"
#include "base/clock.h"
#include "base/result.h"
#include "ledger/ledger.h"

namespace kokemus::backup {

struct Made {
    Manifest manifest;
    std::chrono::duration<double> appends_waited{};
};

/// Where a backup is written from.
struct Source {
    ledger::Ledger& ledger;
    std::filesystem::path folder;  ///< the data folder, for blueprint and planted truth
    std::string_view program_version;

    /// Writes the records (users, keys, audit log) as one state of them to the new file that it is
    /// given. Null: there are none in the folder.
    std::function<Status(const std::filesystem::path& to)> copy_records = {};
};

/// Says what is being done, for a line of progress.
using Say = std::function<void(std::string_view)>;

/// Writes a backup into `folder`, which must not exist or be empty: the ledger as `copy_ledger`
/// promises, the blueprint, the records, what is known of a sample, and last the manifest. A kill
/// at any moment leaves a folder that is no backup; on error nothing of it stays. Costs a copy of
/// the ledger and reading the copy once.
Result<Made> make_backup(const Source& source, const std::filesystem::path& folder,
                         const Clock& clock, const Say& say = {});

}  // namespace kokemus::backup
