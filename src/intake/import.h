#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "blueprint/blueprint.h"
#include "intake/row_errors.h"

namespace kokemus::ledger {
class Ledger;
}

namespace kokemus::intake {

/// How far an import is.
struct ImportProgress {
    std::string doing;             ///< "reading orders.csv", "importing"
    double share = -1;             ///< of the current work, 0..1; less than 0: not known
    std::uint64_t rows = 0;        ///< rows made into encounters so far
    std::uint64_t rows_total = 0;  ///< 0 while files are still being read
    double rows_per_second = 0;
    std::optional<double> seconds_left = {};
};

struct ImportOptions {
    /// Files to import as they are: tables whose header names the fields of an encounter (or
    /// `customer` and `traits`), JSON lines of encounters, XES logs. Not together with `map`.
    std::vector<std::filesystem::path> files = {};

    std::optional<std::filesystem::path> map = {};
    std::filesystem::path from = {};  ///< folder of the map's relative files; empty: the map's own

    bool dry_run = false;                         ///< everything but the writing
    std::filesystem::path errors_file = {};       ///< CSV of the refused rows; empty: not written
    std::filesystem::path temporary_folder = {};  ///< empty: the system's
    std::uint64_t memory_bytes = 2ULL << 30U;
    /// Per durable transaction; what the ledger writes with least work.
    std::size_t batch_encounters = 122'880;
    /// A score outside of a scale of it is a row error; null: no scale is known.
    const blueprint::Blueprint* blueprint = nullptr;

    const Clock* clock = nullptr;  ///< null: the machine's

    /// Called a few times a second, maybe from another thread but never from two at once; false
    /// stops the import after the batch in work. What is in then stays in, and the same import
    /// continues where it ended.
    std::function<bool(const ImportProgress&)> progress = {};
};

struct ImportReport {
    bool dry_run = false;
    std::uint64_t rows = 0;          ///< looked at, once per block
    std::uint64_t encounters = 0;    ///< new in the ledger (dry run: made)
    std::uint64_t duplicates = 0;    ///< already there, or sent twice
    std::uint64_t erased = 0;        ///< of customers who were erased, and left out
    std::uint64_t clamped = 0;       ///< with a time in the future, set to now
    std::uint64_t early = 0;         ///< with a time before sent_time_min (door_rules.h), taken
    std::uint64_t customers = 0;     ///< rows of traits that were set
    std::uint64_t refused = 0;       ///< row errors
    std::vector<RowError> examples;  ///< the first of them
    std::map<std::string, std::uint64_t> refused_by_reason;
    std::optional<std::filesystem::path> errors_file;  ///< where they all are
    std::vector<std::string> notes;  ///< choices that were made without being asked
    double seconds = 0;

    /// What happened, in sentences for a terminal, most important first.
    std::vector<std::string> sentences() const;
};

/// Imports files, or the sources of a map. All sources are read and all expressions checked before
/// the first encounter is written; encounters are written in durable batches. Rows that cannot be
/// taken are told in the report and the rest goes on. Importing the same again changes nothing.
///
/// Fails with words (and nothing written) for a fault of the map, or a file that is missing or no
/// table at all.
Result<ImportReport> import_encounters(ledger::Ledger& ledger, const ImportOptions& options);

}  // namespace kokemus::intake
