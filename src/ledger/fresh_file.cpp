#include "ledger/fresh_file.h"

#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/file.h"
#include "base/open_file.h"
#include "base/test_moment.h"
#include "duck/duck.h"
#include "ledger/ledger_database.h"
#include "ledger/schema.h"

namespace kokemus::ledger {

namespace {

namespace fs = std::filesystem;

constexpr const char* database_name = "encounters.duckdb";
constexpr const char* fresh_name = "encounters.duckdb.fresh";
constexpr const char* next_name = "encounters.duckdb.next";

Status move_file(const fs::path& from, const fs::path& to) {
    std::error_code failure;
    fs::rename(from, to, failure);
    return failure ? file_error("move", from, failure.value()) : Status();
}

Status remove_file(const fs::path& path) {
    std::error_code failure;
    fs::remove(path, failure);
    return failure ? file_error("remove", path, failure.value()) : Status();
}

/// The log of the old file, which would be taken for that of the new one, and what was kept of
/// damaged ones.
Status remove_logs(const fs::path& folder) {
    std::vector<fs::path> logs;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(folder, failure)) {
        if (entry.path().filename().string().starts_with("encounters.duckdb.wal")) {
            logs.push_back(entry.path());
        }
    }
    for (const fs::path& log : logs) {
        TRY(remove_file(log));
    }
    return sync_folder(folder);
}

Status make_way(const fs::path& folder) {
    TRY(remove_logs(folder));
    TRY(move_file(folder / next_name, folder / database_name));
    return sync_folder(folder);
}

Status remove_fresh(const fs::path& folder) {
    TRY(remove_file(folder / fresh_name));
    return remove_file(folder / (std::string(fresh_name) + ".wal"));
}

}  // namespace

Status FreshFile::settle(const fs::path& folder) {
    TRY(remove_fresh(folder));
    return fs::exists(folder / next_name) ? make_way(folder) : Status();
}

FreshFile::FreshFile(const fs::path& folder) : folder_(folder), path_(folder / fresh_name) {}

FreshFile::FreshFile(FreshFile&& other) noexcept
    : folder_(std::exchange(other.folder_, {})),
      path_(std::exchange(other.path_, {})),
      is_next_(other.is_next_) {}

FreshFile::~FreshFile() {
    if (!folder_.empty()) {
        (void)remove_fresh(folder_).has_value();
    }
}

Result<FreshFile> FreshFile::make(const fs::path& folder) {
    std::error_code failure;
    const auto bytes = fs::file_size(folder / database_name, failure);
    const auto space = fs::space(folder, failure);
    constexpr std::uint64_t spare_bytes = 64ULL << 20U;
    if (!failure && space.available < bytes + spare_bytes) {
        return Error{ErrorCode::DiskFull,
                     fmt::format("to write the ledger anew {} MB must be free in {}, and {} are",
                                 (bytes + spare_bytes) / 1'000'000,
                                 folder.string(),
                                 space.available / 1'000'000)};
    }
    TRY(remove_fresh(folder));
    FreshFile fresh(folder);
    const auto database = TRY(open_database_file(fresh.path_, Access::Writing));
    auto connection = TRY(connect_to_write(database));
    TRY(migrate(connection));
    return fresh;
}

Status FreshFile::take_place() {
    const TestMoment moment("swap of the ledger");
    const OpenFile written = TRY(OpenFile::open(path_));
    if (::fsync(written.descriptor()) != 0) {
        return file_error("sync", path_, errno);
    }
    TRY(move_file(path_, folder_ / next_name));
    // Before it is known whether the disk has the name: the next start may find it.
    is_next_ = true;
    TRY(sync_folder(folder_));
    return make_way(folder_);
}

}  // namespace kokemus::ledger
