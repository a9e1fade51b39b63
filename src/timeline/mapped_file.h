#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"

namespace kokemus::timeline {

/// The bytes of a file, mapped to be read and never written; they stay as long as this object, even
/// when the file is unlinked or another is renamed over it. Thread safe.
///
/// Whoever shortens the file in place ends the program at the next look (SIGBUS). Nobody of ours
/// does: such files are written beside, made read-only and replaced by rename, in a folder that one
/// process holds at a time.
class MappedFile {
public:
    /// NotFound when there is none; Corrupt for anything that is not a file. An empty file is no
    /// bytes.
    static Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path& path);

    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    std::span<const std::byte> bytes() const { return bytes_; }

    /// Tells the system that all of it will be read soon.
    void read_ahead() const;

private:
    explicit MappedFile(std::span<const std::byte> bytes) : bytes_(bytes) {}

    std::span<const std::byte> bytes_;
};

}  // namespace kokemus::timeline
