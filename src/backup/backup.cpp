#include "backup/backup.h"

#include <algorithm>
#include <array>
#include <system_error>

#include <fmt/format.h>

#include "base/file.h"
#include "base/file_copy.h"
#include "ledger/copying.h"
#include "ledger/schema.h"

namespace kokemus::backup {

namespace {

namespace fs = std::filesystem;

/// What lies beside the ledger and is copied when it is there.
constexpr std::array<std::string_view, 3> beside = {"blueprint.toml", "sample.json", "truth.json"};

/// Whether `path`, which need not exist, is `folder` or lies below it, by whatever links.
bool lies_within(const fs::path& path, const fs::path& folder) {
    std::error_code failure;
    const fs::path below = fs::weakly_canonical(fs::absolute(path, failure), failure);
    const fs::path above = fs::weakly_canonical(fs::absolute(folder, failure), failure);
    const auto at = std::mismatch(above.begin(), above.end(), below.begin(), below.end());
    return !failure && at.first == above.end();
}

/// A folder that goes away with what was written into it, unless it is kept.
class NewFolder {
public:
    static Result<NewFolder> make(const fs::path& path) {
        std::error_code failure;
        const bool was_there = fs::exists(path, failure);
        if (was_there && !fs::is_empty(path, failure)) {
            return Error{ErrorCode::Conflict,
                         fmt::format("{} is not empty; give a folder that does not exist yet{}",
                                     path.string(),
                                     fs::exists(path / manifest_name, failure)
                                         ? ""
                                         : " (what lies there is no finished backup)")};
        }
        if (failure) {
            return file_error("read the folder", path, failure.value());
        }
        TRY(make_folders(path));
        return NewFolder(path, was_there);
    }

    NewFolder(NewFolder&& other) noexcept
        : path_(std::move(other.path_)),
          was_there_(other.was_there_) {
        other.path_.clear();
    }
    NewFolder& operator=(NewFolder&&) = delete;

    ~NewFolder() {
        if (path_.empty()) {
            return;
        }
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(path_, ignored)) {
            fs::remove(entry.path(), ignored);
        }
        if (!was_there_) {
            fs::remove(path_, ignored);
        }
    }

    void keep() { path_.clear(); }

private:
    NewFolder(fs::path path, bool was_there) : path_(std::move(path)), was_there_(was_there) {}

    fs::path path_;
    bool was_there_;
};

}  // namespace

Result<Made> make_backup(const Source& source, const fs::path& folder, const Clock& clock,
                         const Say& say) {
    const auto tell = [&](std::string_view what) {
        if (say) {
            say(what);
        }
    };
    if (lies_within(folder, source.folder)) {
        return invalid_input(
            fmt::format("{} lies in the data folder itself, and goes when that "
                        "goes; give a folder elsewhere",
                        folder.string()));
    }
    NewFolder made = TRY(NewFolder::make(folder));
    // In this order: what the records say of the ledger and of blueprints is there when they are
    // restored, and the newest of each is what was in force.
    if (source.copy_records) {
        tell("copying the records");
        TRY(source.copy_records(folder / records_name));
    }
    tell("copying the ledger");
    ledger::LedgerCopy copy = TRY(ledger::copy_ledger(source.ledger, folder));
    for (const std::string_view name : beside) {
        if (fs::exists(source.folder / name)) {
            TRY(copy_durably(source.folder / name, folder / name));
            copy.files.emplace_back(name);
        }
    }
    if (source.copy_records) {
        copy.files.emplace_back(records_name);
    }
    Manifest manifest;
    manifest.ledger_version = ledger::schema_version();
    manifest.program_version = source.program_version;
    manifest.ledger_id = source.ledger.id();
    manifest.last_number = copy.totals.last_number;
    manifest.encounters = copy.totals.encounters;
    manifest.customers = copy.totals.customers;
    manifest.made_at = clock.now();
    for (const std::string& name : copy.files) {
        tell(fmt::format("reading the copy of {}", name));
        manifest.files.push_back({name, TRY(sum_of_file(folder / name))});
    }
    TRY(write_manifest(manifest, folder));
    made.keep();
    return Made{std::move(manifest), copy.appends_waited};
}

}  // namespace kokemus::backup
