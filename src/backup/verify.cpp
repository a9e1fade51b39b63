#include "backup/verify.h"

#include <algorithm>
#include <memory>
#include <system_error>

#include <fmt/format.h>

#include "backup/manifest.h"
#include "base/text.h"
#include "blueprint/blueprint_read.h"
#include "ledger/folder_lock.h"
#include "ledger/schema.h"
#include "timeline/ledger_comparison.h"
#include "timeline/snapshot_folder.h"

namespace kokemus::backup {

namespace {

namespace fs = std::filesystem;

using Tell = std::function<void(std::string_view)>;

constexpr std::string_view database_name = "encounters.duckdb";

std::uint64_t bytes_of(const fs::path& path) {
    std::error_code none;
    const auto bytes = fs::file_size(path, none);
    return none ? 0 : bytes;
}

/// Damage is an answer and not a fault of ours.
bool is_damage(const Error& error) {
    return error.code == ErrorCode::Corrupt;
}

Status read_ledger(const fs::path& file, Verified& found, const Tell& tell) {
    auto read = ledger::read_through(
        file, [&](std::string_view what) { tell(fmt::format("reading {} of the ledger", what)); });
    if (!read) {
        if (!is_damage(read.error())) {
            return read.error();
        }
        found.damage.push_back(fmt::format("the ledger: {}", read.error().message));
        return {};
    }
    for (const std::string& one : read->damage) {
        found.damage.push_back(fmt::format("the ledger, {}", one));
    }
    found.ledger = std::move(*read);
    return {};
}

void expect_count(std::string_view what, std::uint64_t held, std::uint64_t named, Verified& found) {
    if (held != named) {
        found.damage.push_back(fmt::format("the ledger holds {} {} and the manifest names {}",
                                           thousands(static_cast<std::int64_t>(held)),
                                           what,
                                           thousands(static_cast<std::int64_t>(named))));
    }
}

Result<Verified> verify_backup(const fs::path& folder, const Tell& tell) {
    Verified found;
    found.kind = Verified::Kind::Backup;
    const auto manifest = read_manifest(folder);
    if (!manifest) {
        if (!is_damage(manifest.error()) && manifest.error().code != ErrorCode::NotFound) {
            return manifest.error();
        }
        found.damage.push_back(manifest.error().message);
        return found;
    }
    tell("comparing the checksum of every file");
    found.bytes = manifest->bytes();
    found.damage = damage_of(*manifest, folder);
    if (!found.damage.empty()) {
        return found;
    }
    // The files are as they were when the backup was made; was that sound?
    TRY(read_ledger(folder / database_name, found, tell));
    if (found.damage.empty()) {
        expect_count("encounters", found.ledger.encounters, manifest->encounters, found);
        expect_count("customers", found.ledger.customers, manifest->customers, found);
        expect_count("as the last number", found.ledger.last_number, manifest->last_number, found);
    }
    return found;
}

/// The blueprint of the folder, or null when it is damaged.
std::shared_ptr<const blueprint::Blueprint> read_own_blueprint(const fs::path& folder,
                                                               Verified& found) {
    const fs::path file = folder / "blueprint.toml";
    if (!fs::exists(file)) {
        return std::make_shared<const blueprint::Blueprint>(
            blueprint::read_blueprint("").blueprint);
    }
    found.bytes += bytes_of(file);
    auto read = blueprint::load_blueprint(file);
    if (!read) {
        found.damage.push_back(read.error().message);
        return nullptr;
    }
    return std::make_shared<const blueprint::Blueprint>(std::move(*read));
}

/// Of a ledger that is sound and of this version, so that opening it brings nothing up to date.
Status compare_snapshot(const fs::path& folder,
                        std::shared_ptr<const blueprint::Blueprint> blueprint, Verified& found,
                        const Tell& tell) {
    tell("reading the snapshot of the timeline");
    const auto ledger = TRY(ledger::Ledger::open(folder));
    const auto restored =
        timeline::SnapshotFolder(folder / "timeline").load(*ledger, std::move(blueprint));
    if (!restored) {
        const Error& why = restored.error();
        if (is_damage(why)) {
            found.damage.push_back(
                fmt::format("the snapshot of the timeline, which is made anew "
                            "from the ledger when it is opened: {}",
                            why.message));
        } else if (why.code == ErrorCode::Conflict) {
            found.remarks.push_back(
                fmt::format("the snapshot of the timeline will be made anew: {}", why.message));
        } else {
            return why;
        }
        return {};
    }
    const std::uint64_t all = restored->timeline->rows();
    const Status compared = timeline::compare_with_ledger(
        *restored->timeline, *ledger, restored->standing, [&](std::uint64_t done) {
            tell(fmt::format("comparing timeline and ledger: {} %",
                             all == 0 ? 100 : std::min<std::uint64_t>(100, done * 100 / all)));
        });
    if (compared) {
        found.timeline_encounters = all;
        return {};
    }
    if (!is_damage(compared.error())) {
        return compared.error();
    }
    found.damage.push_back(compared.error().message);
    return {};
}

Result<Verified> verify_data(const fs::path& folder, const Tell& tell) {
    Verified found;
    std::shared_ptr<const blueprint::Blueprint> blueprint;
    {
        const ledger::FolderLock lock = TRY(ledger::FolderLock::take(folder));
        const fs::path file = folder / "ledger" / database_name;
        found.bytes = bytes_of(file) + bytes_of(file.string() + ".wal");
        blueprint = read_own_blueprint(folder, found);
        TRY(read_ledger(file, found, tell));
    }
    const fs::path snapshot = folder / "timeline";
    if (!fs::exists(snapshot / "head.columns")) {
        found.remarks.emplace_back("there is no snapshot of the timeline, and none is needed");
        return found;
    }
    for (const auto& entry : fs::directory_iterator(snapshot)) {
        found.bytes += bytes_of(entry.path());
    }
    if (!found.damage.empty()) {
        found.remarks.emplace_back("the snapshot of the timeline was not compared with the rest");
        return found;
    }
    if (found.ledger.version != ledger::schema_version()) {
        found.remarks.push_back(
            fmt::format("the ledger is of version {}, brought up to date when it is opened; the "
                        "snapshot of the timeline was not compared with it",
                        found.ledger.version));
        return found;
    }
    TRY(compare_snapshot(folder, std::move(blueprint), found, tell));
    return found;
}

}  // namespace

Result<Verified> verify(const fs::path& folder, const Tell& say) {
    const Tell tell = [&](std::string_view what) {
        if (say) {
            say(what);
        }
    };
    if (fs::exists(folder / manifest_name) || fs::exists(folder / database_name)) {
        return verify_backup(folder, tell);
    }
    if (fs::exists(folder / "ledger" / database_name)) {
        return verify_data(folder, tell);
    }
    return not_found(fmt::format("{} is neither a data folder nor a backup", folder.string()));
}

}  // namespace kokemus::backup
