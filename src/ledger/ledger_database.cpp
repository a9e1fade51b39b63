#include "ledger/ledger_database.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "base/file.h"
#include "base/open_file.h"
#include "base/test_setting.h"

namespace kokemus::ledger {

namespace {

constexpr const char* spill_name = "spill";

/// A sixteenth of the machine, but enough for a sort that spills and no more than brings anything:
/// what DuckDB keeps of the file is no faster than what the system keeps of it, and stands beside
/// the timeline.
std::uint64_t duckdb_memory_bytes() {
    constexpr std::uint64_t least = 512ULL << 20U;
    constexpr std::uint64_t most = 1ULL << 30U;
    const auto pages = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES));
    const auto page_bytes = static_cast<std::uint64_t>(::sysconf(_SC_PAGE_SIZE));
    return std::clamp(pages * page_bytes / 16, least, most);
}

duck::Options duckdb_options(const std::filesystem::path& folder) {
    duck::Options options;
    options.memory_bytes = duckdb_memory_bytes();
    // With more, a second thread of DuckDB spins beside every commit for a quarter of its cost, and
    // brings nothing: whoever reads does so on a thread and a connection of their own.
    options.threads = 1;
    options.temporary_folder = folder / spill_name;
    // Rows come back in the order of their numbers without sorting.
    options.settings.emplace_back("preserve_insertion_order", "true");
    // Small batches go to the log, which is folded into the file when it has grown this large:
    // seldom enough to be cheap, small enough to be replayed in about a second.
    constexpr std::uint64_t log_bytes = 64ULL << 20U;
    options.settings.emplace_back("checkpoint_threshold",
                                  fmt::format("{}B", test_setting("CHECKPOINT_BYTES", log_bytes)));
    return options;
}

/// DuckDB tries every method on every column of a row group and takes the smallest. Without these
/// four a commit takes a fifth less time, and the file grows by a thirtieth: texts are left to
/// FSST, numbers to bit packing and run lengths. What was compressed by them before is read as
/// ever.
constexpr std::string_view compressions_left_out =
    "SET GLOBAL disabled_compression_methods = 'dictionary,dict_fsst,alp,alprd'";

}  // namespace

Status remove_spilled(const std::filesystem::path& folder) {
    std::error_code failure;
    std::filesystem::remove_all(folder / spill_name, failure);
    return failure ? file_error("remove", folder / spill_name, failure.value()) : Status();
}

Status make_database(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "encounters.duckdb";
    const std::filesystem::path beside = folder / "encounters.duckdb.new";
    std::error_code failure;
    if (std::filesystem::exists(file, failure)) {
        return {};
    }
    std::filesystem::remove(beside, failure);
    std::filesystem::remove(beside.string() + ".wal", failure);
    {
        // Closed again before it takes its name, so that nothing writes to it any more.
        const auto made = duck::Database::open(beside, duckdb_options(folder));
        if (!made) {
            Error error = made.error();
            error.message =
                fmt::format("cannot make the ledger {}: {}", file.string(), error.message);
            return error;
        }
    }
    const OpenFile written = TRY(OpenFile::open(beside));
    if (::fsync(written.descriptor()) != 0) {
        return file_error("sync", beside, errno);
    }
    std::filesystem::rename(beside, file, failure);
    return failure ? file_error("write", file, failure.value()) : sync_folder(folder);
}

Result<duck::Database> open_database(const std::filesystem::path& folder, Access access) {
    return open_database_file(folder / "encounters.duckdb", access);
}

Result<duck::Database> open_database_file(const std::filesystem::path& file, Access access) {
    duck::Options options = duckdb_options(file.parent_path());
    if (access == Access::ReadingOnly) {
        options.settings.emplace_back("access_mode", "READ_ONLY");
    }
    auto database = duck::Database::open(file, options);
    if (!database) {
        Error error = database.error();
        error.message = fmt::format("cannot open the ledger {}: {}", file.string(), error.message);
        return error;
    }
    return database;
}

Result<duck::Connection> connect_to_write(const duck::Database& database) {
    duck::Connection writer = TRY(database.connect());
    TRY(writer.execute(compressions_left_out));
    return writer;
}

Status leave_log_at_close(duck::Connection& writer) {
    return writer.execute("PRAGMA disable_checkpoint_on_shutdown");
}

}  // namespace kokemus::ledger
