#pragma once

#include <filesystem>

#include "base/result.h"

namespace kokemus::duck {
class Connection;
}

namespace kokemus::ledger {

/// The file that a rewriting makes beside the ledger's, and how it takes its place.
///
/// It is written as `encounters.duckdb.fresh`. Once it is whole and on disk it is renamed to
/// `encounters.duckdb.next`: from that moment on it is the ledger, also for a start after a kill,
/// and the old file with its log only has to make way for it.
class FreshFile {
public:
    /// At a start: ends what a kill interrupted. One that was not whole is removed.
    static Status settle(const std::filesystem::path& folder);

    /// A new empty ledger in `folder`, with all its tables. DiskFull when there is no room for as
    /// much as the ledger takes.
    static Result<FreshFile> make(const std::filesystem::path& folder);

    FreshFile(FreshFile&& other) noexcept;
    FreshFile& operator=(FreshFile&&) = delete;
    FreshFile(const FreshFile&) = delete;
    FreshFile& operator=(const FreshFile&) = delete;

    /// Removes what is still under its first name.
    ~FreshFile();

    /// Nobody may have the fresh file open any more, and nobody may write the old one: it goes, and
    /// with it its log and logs that were kept aside. After an error the old one is still the
    /// ledger unless `is_next`.
    Status take_place();

    /// Whether it is the ledger of the next start.
    bool is_next() const { return is_next_; }

    const std::filesystem::path& path() const { return path_; }

private:
    explicit FreshFile(const std::filesystem::path& folder);

    std::filesystem::path folder_;
    std::filesystem::path path_;
    bool is_next_ = false;
};

}  // namespace kokemus::ledger
