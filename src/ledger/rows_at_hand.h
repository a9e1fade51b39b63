#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/numbered_file.h"
#include "ledger/row_bytes.h"

namespace kokemus::ledger {

/// What pages of single customers read, kept beside the table so that it costs what it shows and
/// not what the ledger holds: DuckDB unpacks thousands of rows of each column to give one, and a
/// customer's rows are spread over all of the file. Encounters by their number, changes of traits
/// by theirs, in two files `encounters.rows` and `traits.rows`; and in memory which changes are
/// whose, 8 bytes a customer and 4 a change.
///
/// It holds a copy of what the table has, never more: what is erased or removed goes from here
/// before the ledger says that it is done (`pause`), and all of it is made anew from the table when
/// it is gone, damaged, or another ledger's.
///
/// Thread safe.
class RowsAtHand {
public:
    /// `owner` tells whose rows these are.
    RowsAtHand(const std::filesystem::path& folder, const std::string& owner,
               const NumberedFile::Limits& limits);

    /// Numbers up to these are here, or do not exist.
    std::uint64_t encounters() const { return encounters_.covered(); }
    std::uint32_t changes() const;

    /// A reading of the table from `after` on, whose rows are to be put here. They are left out if
    /// there is a gap between what is here and `after`, or if all was removed since it began.
    struct Feed {
        std::uint64_t round = 0;
        bool fits = false;
    };
    Feed feed(std::uint64_t after) const;
    void put(const Feed& feed, std::span<const RawRow> rows);

    /// There is no encounter up to this number that was not put.
    void reach(const Feed& feed, std::uint64_t number);

    /// The same of changes of traits. Of those in the file already only the customer need be told.
    Feed feed_changes(std::uint32_t after) const;
    void put(const Feed& feed, const RawTraits& told);
    void reach_changes(const Feed& feed, std::uint32_t number);
    std::uint32_t changes_in_file() const;

    /// The bytes of an encounter; nothing when it does not exist or is not here. After an error,
    /// which says that the file was damaged, all encounters are gone from here.
    Result<std::optional<std::string>> encounter(std::uint64_t number);

    /// All changes of a customer's traits, in order; nothing when they cannot be read here, when
    /// not all changes up to `last` are here, or when there are more than `most` of them. Whoever
    /// puts something waits for no reading.
    std::optional<std::vector<RawTraits>> changes_of(std::uint32_t customer, std::uint32_t last,
                                                     std::size_t most);

    /// Removes all, from the disk too, and takes nothing before `resume`. After an error nothing
    /// can be read from here, but a file may still lie on the disk.
    Status pause();

    /// Removes what another program has left in the folder.
    static Status remove(const std::filesystem::path& folder);
    void resume();

private:
    std::uint32_t known_changes() const;
    std::optional<std::vector<std::uint32_t>> numbers_of(std::uint32_t customer, std::uint32_t last,
                                                         std::size_t most) const;
    bool is_time() const;
    void own(const RawTraits& told);
    void failed(const Error& why);
    void forget_changes();
    bool is_open(const Feed& feed) const { return feed.fits && feed.round == round_ && !paused_; }

    NumberedFile encounters_;
    NumberedFile changes_;
    mutable std::shared_mutex mutex_;    ///< over all below; held while something is put
    std::vector<std::uint32_t> newest_;  ///< by customer: the number of the newest change, or 0
    std::vector<std::uint32_t> before_;  ///< by change: the one before of the same customer, or 0
    std::uint64_t round_ = 1;            ///< rises with each removal
    bool paused_ = false;
    std::chrono::steady_clock::time_point not_before_{};  ///< after a failure, for a while
};

}  // namespace kokemus::ledger
