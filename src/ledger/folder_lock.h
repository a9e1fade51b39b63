#pragma once

#include <filesystem>

#include "base/result.h"

namespace kokemus::ledger {

/// Holds a data folder for this process: an advisory lock on its file LOCK, which also carries the
/// pid for the message to others. Goes away with the process, however that ends.
class FolderLock {
public:
    /// Conflict, with the other's pid, when the folder is held.
    static Result<FolderLock> take(const std::filesystem::path& folder);

    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}

    int descriptor_ = -1;
};

}  // namespace kokemus::ledger
