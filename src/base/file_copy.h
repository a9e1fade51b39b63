#pragma once

#include <cstdint>
#include <filesystem>

#include "base/open_file.h"
#include "base/result.h"

namespace kokemus {

/// A copy of a file, written beside its place and moved there with `commit`, durably and in one
/// step. Without a commit nothing of it stays. Not thread safe.
class FileCopy {
public:
    /// Writes all of `source`, from its start. A file system that can lets both files share their
    /// blocks until one is changed (then it takes no time); else the kernel copies. Nobody may read
    /// the copy who may not read the source.
    static Result<FileCopy> make(const OpenFile& source, const std::filesystem::path& path);

    FileCopy(FileCopy&& other) noexcept;
    FileCopy& operator=(FileCopy&&) = delete;
    FileCopy(const FileCopy&) = delete;
    FileCopy& operator=(const FileCopy&) = delete;
    ~FileCopy();

    /// Syncs, moves into place, syncs the folder. At most once.
    Status commit();

private:
    FileCopy(std::filesystem::path path, std::filesystem::path partial, int descriptor);

    Status fill(const OpenFile& source);
    Status fill_by_hand(const OpenFile& source, std::int64_t from);

    std::filesystem::path path_;
    std::filesystem::path partial_;  ///< empty once moved into place or moved from
    int descriptor_ = -1;
};

/// Both halves at once.
Status copy_durably(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace kokemus
