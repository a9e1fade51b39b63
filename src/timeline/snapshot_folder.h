#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/result.h"
#include "blueprint/blueprint.h"
#include "ledger/ledger.h"
#include "timeline/snapshot_columns.h"
#include "timeline/snapshot_head.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// A timeline that was read back, and up to where it holds the ledger.
struct Restored {
    std::shared_ptr<const Timeline> timeline;
    Standing standing;
};

/// What there is to say of a snapshot without its ledger and blueprint.
struct SnapshotFacts {
    Instant written_at{};
    std::uint64_t last_number = 0;
    std::uint64_t encounters = 0;
    std::uint64_t customers = 0;
    std::size_t parts = 0;
    std::uint64_t bytes = 0;
};

/// The snapshot of a timeline in files of its own, so that a start need not read the ledger: one
/// file per part and a head that names them.
///
/// A kill at any moment leaves the snapshot of before or the new one: part files get names that
/// were never used, and the head, which is written last, is replaced in one step. Files that no
/// head names are removed by the next `save`.
///
/// Thread safety: all functions may be called from any thread; they wait for each other. One
/// process at a time: the ledger's lock on the data folder sees to it.
class SnapshotFolder {
public:
    /// The folder is made by the first `save`.
    explicit SnapshotFolder(std::filesystem::path folder);

    /// Maps the snapshot, verifies every byte of it and checks that it is of this ledger and
    /// blueprint. The ledger may have gone on since: whoever asks has the rest from
    /// `ledger.scan_since(standing.last_number)`. Otherwise an error in words, and the ledger is to
    /// be read: NotFound when there is no snapshot, Conflict when it belongs to another ledger,
    /// blueprint or version, Corrupt when it is damaged.
    Result<Restored> load(const ledger::Ledger& ledger,
                          std::shared_ptr<const blueprint::Blueprint> blueprint);

    /// What it takes on disk to save this timeline: parts that are there already take nothing.
    std::uint64_t bytes_to_write(const Timeline& timeline) const;

    /// Writes what is not on disk yet, and on success removes what no longer serves. After an
    /// error the former snapshot stands; DiskFull is said before anything is written. Cancelled
    /// when `is_wanted` says no, asked while nobody else can discard the snapshot, or when somebody
    /// was erased whom the timeline still has.
    Status save(
        const Timeline& timeline, const ledger::Ledger& ledger, const Standing& standing,
        const std::function<bool()>& is_wanted = [] { return true; });

    /// Removes the snapshot: what a person who is erased must not stay in.
    Status discard();

    /// Of the head alone; nothing when there is no snapshot. Errors as of `load`.
    Result<std::optional<SnapshotFacts>> facts() const;

private:
    /// A part and the file that holds it.
    struct Kept {
        ColumnsIdentity identity;
        SnapshotHead::PartFile file;
    };

    std::filesystem::path head_path() const;
    std::filesystem::path part_path(std::uint64_t number) const;
    std::optional<SnapshotHead::PartFile> kept(const ColumnsIdentity& identity) const;
    Status check_space(std::uint64_t bytes) const;
    std::uint64_t next_number() const;
    Result<SnapshotHead::PartFile> write_part(const Part& part, std::uint64_t number) const;
    Result<Part> read_part(const SnapshotHead::PartFile& file, const Shared& shared) const;
    void remove_all_but(const std::vector<Kept>& kept) const;

    const std::filesystem::path folder_;
    mutable std::mutex mutex_;  ///< over all below, and the files
    std::vector<Kept> kept_;    ///< what the head on disk names, as far as this process knows
};

}  // namespace kokemus::timeline
