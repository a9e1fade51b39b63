#pragma once

#include <cstdint>
#include <filesystem>

#include "base/hash.h"
#include "base/result.h"

namespace kokemus {

/// A file opened for reading, closed when this goes away. Thread safe but for moving.
class OpenFile {
public:
    /// NotFound if there is none.
    static Result<OpenFile> open(const std::filesystem::path& path);

    OpenFile(OpenFile&& other) noexcept;
    OpenFile& operator=(OpenFile&&) = delete;
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile();

    int descriptor() const { return descriptor_; }
    const std::filesystem::path& path() const { return path_; }

private:
    OpenFile(std::filesystem::path path, int descriptor);

    std::filesystem::path path_;
    int descriptor_;
};

/// How a file is known to be the same: `hash128` of all its bytes, and how many.
struct FileSum {
    std::uint64_t bytes = 0;
    Hash128 hash;

    friend bool operator==(const FileSum&, const FileSum&) = default;
};

/// Reads the whole file, whatever its size, in constant memory; at the speed of the disk.
Result<FileSum> sum_of_file(const std::filesystem::path& path);

}  // namespace kokemus
