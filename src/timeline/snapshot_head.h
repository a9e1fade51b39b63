#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/instant.h"
#include "base/result.h"
#include "ledger/ledger.h"
#include "timeline/column_file.h"
#include "timeline/standing.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// A digest of the last entries and assertions up to a standing (64 of each at most). Ledgers of
/// one id that went different ways, as when one was restored from a backup and written on, differ
/// in it.
Result<std::uint64_t> digest_of_ledger(const ledger::Ledger& ledger, const Standing& standing);

/// The small file of a snapshot: what it belongs to, what its parts share, which files they are.
struct SnapshotHead {
    std::string ledger_id;
    Standing standing;
    std::uint64_t ledger_digest = 0;
    Hash128 blueprint_digest;
    std::int64_t written_at = 0;  ///< milliseconds since 1970
    std::uint64_t living_rows = 0;
    std::uint64_t customers = 0;  ///< with encounters, without those that are gone

    struct PartFile {
        std::uint64_t number = 0;  ///< in its name
        ColumnFileMark mark;
        RowSet gone;
    };
    std::vector<PartFile> parts;

    Shared shared;  ///< without blueprint and facts, which come with the blueprint

    std::uint64_t bytes() const;
};

/// Corrupt, with the file and the column, unless `unsound` is empty.
Status check_columns(std::string_view unsound, const std::filesystem::path& path);

Status write_head(const SnapshotHead& head, const std::filesystem::path& path);

/// Verified and sound in itself; whether it fits ledger, blueprint and parts is for the caller. As
/// ColumnFile::open, and Corrupt when anything is not as it was written.
Result<SnapshotHead> read_head(const std::filesystem::path& path);

}  // namespace kokemus::timeline
