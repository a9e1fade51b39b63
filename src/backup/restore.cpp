#include "backup/restore.h"

#include <array>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/file.h"
#include "base/file_copy.h"
#include "ledger/folder_lock.h"

namespace kokemus::backup {

namespace {

namespace fs = std::filesystem;

/// What a restored backup replaces, the ledger last. The log of the records that are there goes
/// before them: left behind, it would be taken for that of the restored ones.
constexpr std::array<std::string_view, 7> replaced = {"blueprint.toml",
                                                      "sample.json",
                                                      "truth.json",
                                                      "records.sqlite-wal",
                                                      "records.sqlite-shm",
                                                      records_name,
                                                      "ledger"};

/// Where the restored files are written before they take their places.
constexpr std::string_view beside_name = "restoring";

bool holds_something(const fs::path& path) {
    std::error_code failure;
    return fs::exists(path, failure) &&
           !(fs::is_directory(path, failure) && fs::is_empty(path, failure));
}

Status move_to(const fs::path& from, const fs::path& to) {
    std::error_code failure;
    fs::rename(from, to, failure);
    return failure ? file_error("move", from, failure.value()) : Status();
}

Status remove_tree(const fs::path& path) {
    std::error_code failure;
    fs::remove_all(path, failure);
    return failure ? file_error("remove", path, failure.value()) : Status();
}

Error in_use(const fs::path& data) {
    return Error{ErrorCode::Conflict,
                 fmt::format("{} holds a ledger or blueprint already; restore into another folder "
                             "(--data), or move what is there aside with --replace",
                             data.string())};
}

/// "20260102T030405Z": sorts, and needs no quotes.
std::string compact(Instant time) {
    std::string out;
    for (const char letter : format_instant(time).substr(0, 19)) {
        if (letter != '-' && letter != ':') {
            out += letter;
        }
    }
    return out + "Z";
}

/// Copies one file and compares what was read and written with the manifest: the disk may have
/// changed its mind since it was checked.
Status copy_checked(const Manifest::File& file, const fs::path& from, const fs::path& to) {
    TRY(make_folders(to.parent_path()));
    TRY(copy_durably(from, to));
    if (file.name == records_name) {
        // The backup may have been copied by somebody who did not keep its rights.
        std::error_code failure;
        fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, failure);
        if (failure) {
            return file_error("guard", to, failure.value());
        }
    }
    if (TRY(sum_of_file(to)) != file.sum) {
        return Error{ErrorCode::Corrupt,
                     fmt::format("{} was copied, but reads otherwise than it did a moment ago; "
                                 "look at the disks. Nothing was changed",
                                 from.string())};
    }
    return {};
}

/// Moves what the backup replaces out of the way; gives where to.
Result<fs::path> move_aside(const fs::path& data, Instant now) {
    fs::path aside = data / fmt::format("ledger.before-restore-{}", compact(now));
    for (int again = 2; fs::exists(aside); ++again) {
        aside = data / fmt::format("ledger.before-restore-{}-{}", compact(now), again);
    }
    TRY(make_folders(aside));
    for (const std::string_view name : replaced) {
        if (fs::exists(data / name)) {
            TRY(move_to(data / name, aside / name));
        }
    }
    TRY(sync_folder(aside));
    TRY(sync_folder(data));
    return aside;
}

Status put_in_place(const fs::path& beside, const fs::path& data) {
    for (const std::string_view name : replaced) {
        if (fs::exists(beside / name)) {
            TRY(move_to(beside / name, data / name));
        }
        // The others first on disk, then the ledger.
        TRY(sync_folder(data));
    }
    return remove_tree(beside);
}

}  // namespace

Result<RestoredFolder> restore_backup(const fs::path& from, const fs::path& data, Existing existing,
                                      const Clock& clock, const Say& say) {
    const auto tell = [&](std::string_view what) {
        if (say) {
            say(what);
        }
    };
    RestoredFolder restored;
    restored.manifest = TRY(read_manifest(from));
    tell("reading the backup");
    if (const auto damage = damage_of(restored.manifest, from); !damage.empty()) {
        return Error{ErrorCode::Corrupt,
                     fmt::format("the backup {} is damaged, nothing was changed: {}",
                                 from.string(),
                                 fmt::join(damage, "; "))};
    }
    TRY(make_folders(data));
    const ledger::FolderLock lock = TRY(ledger::FolderLock::take(data));
    bool is_occupied = false;
    for (const std::string_view name : replaced) {
        is_occupied = is_occupied || holds_something(data / name);
    }
    if (is_occupied && existing == Existing::Refuse) {
        return in_use(data);
    }
    const fs::path beside = data / beside_name;
    TRY(remove_tree(beside));
    for (const auto& file : restored.manifest.files) {
        tell(fmt::format("copying {}", file.name));
        if (Status done = copy_checked(file, from / file.name, beside / place_of(file.name));
            !done) {
            (void)remove_tree(beside).has_value();
            return done.error();
        }
    }
    if (is_occupied) {
        restored.moved_to = TRY(move_aside(data, clock.now()));
    }
    TRY(remove_tree(data / "timeline"));
    TRY(put_in_place(beside, data));
    return restored;
}

}  // namespace kokemus::backup
