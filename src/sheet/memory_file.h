#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"

namespace kokemus::sheet {

/// A file in memory with a path, for libraries that write to paths. Gone when destroyed, and never
/// on a disk.
class MemoryFile {
public:
    /// Unavailable when the system gives none.
    static Result<MemoryFile> make();

    ~MemoryFile();
    MemoryFile(MemoryFile&& other) noexcept;
    MemoryFile& operator=(MemoryFile&&) = delete;

    std::string path() const;

    /// All of it; TooLarge beyond `bytes_max`.
    Result<std::string> read(std::size_t bytes_max) const;

private:
    explicit MemoryFile(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace kokemus::sheet
