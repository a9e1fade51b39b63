#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"

namespace kokemus::intake {

/// Reads a file from its beginning to its end, unpacking gzip on the way (recognised by its first
/// bytes, not its name). Not thread safe.
class ByteReader {
public:
    /// Fails with words for a missing file, a folder, an empty file, and for archives that must be
    /// unpacked first.
    static Result<std::unique_ptr<ByteReader>> open(const std::filesystem::path& path);
    virtual ~ByteReader() = default;

    /// Fills as much of `into` as there is and gives the count; 0 at the end. TooLarge when a
    /// packed file grows beyond limits::unzip_ratio_max or limits::unzipped_bytes_max; InvalidInput
    /// when it is cut off or damaged.
    virtual Result<std::size_t> read(std::span<char> into) = 0;

    /// Bytes of the file on disk taken so far, for progress.
    virtual std::uint64_t taken() const = 0;

    virtual bool packed() const = 0;
};

}  // namespace kokemus::intake
