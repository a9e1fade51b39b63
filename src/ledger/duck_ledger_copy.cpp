#include <vector>

#include "base/file_copy.h"
#include "base/log.h"
#include "ledger/copying.h"
#include "ledger/duck_ledger.h"

namespace kokemus::ledger {

namespace {

constexpr const char* database_name = "encounters.duckdb";
constexpr const char* log_name = "encounters.duckdb.wal";

bool has_bytes(const std::filesystem::path& file) {
    std::error_code none;
    const auto bytes = std::filesystem::file_size(file, none);
    return !none && bytes > 0;
}

}  // namespace

Result<LedgerCopy> copy_ledger(Ledger& ledger, const std::filesystem::path& folder) {
    auto* copying = dynamic_cast<Copying*>(&ledger);
    if (copying == nullptr) {
        return Error{ErrorCode::Unavailable,
                     "this ledger lies in no files that could be copied; use the backup of its "
                     "database"};
    }
    return copying->copy_to(folder);
}

/// Brings what stands in DuckDB's log into its file, so that the copy is one file. That it cannot
/// is no harm as long as the database goes on: file and log together hold the same.
Status DuckLedger::fold_log() {
    log_name_->forget();
    if (const Status folded = writer_.execute("CHECKPOINT"); !folded) {
        if (!is_untouched()) {
            return stop(folded.error(), Outlook::UntilThereIsRoom);
        }
        log_warning("the ledger is copied with its log, which could not be folded in: {}",
                    folded.error().message);
    }
    return {};
}

/// Nothing writes to the files while `write_mutex_` is held: DuckDB folds its log in after a
/// commit of a writer, and there is no other writer. Syncing, which may take longer than copying,
/// comes after.
Result<LedgerCopy> DuckLedger::copy_to(const std::filesystem::path& folder) {
    LedgerCopy copy;
    std::vector<FileCopy> written;
    TRY(wait_for_customers());
    {
        const std::scoped_lock lock(write_mutex_);
        const auto start = std::chrono::steady_clock::now();
        if (auto why = stopped()) {
            return std::move(*why);
        }
        TRY(fold_log());
        if (!source_) {
            source_.emplace(TRY(OpenFile::open(folder_ / database_name)));
        }
        copy.totals = TRY(totals());
        copy.files.emplace_back(database_name);
        written.push_back(TRY(FileCopy::make(*source_, folder / database_name)));
        if (has_bytes(folder_ / log_name)) {
            copy.files.emplace_back(log_name);
            const OpenFile log = TRY(OpenFile::open(folder_ / log_name));
            written.push_back(TRY(FileCopy::make(log, folder / log_name)));
        }
        copy.appends_waited = std::chrono::steady_clock::now() - start;
    }
    for (FileCopy& file : written) {
        if (Status done = file.commit(); !done) {
            for (const std::string& name : copy.files) {
                std::error_code ignored;
                std::filesystem::remove(folder / name, ignored);
            }
            return done.error();
        }
    }
    return copy;
}

}  // namespace kokemus::ledger
