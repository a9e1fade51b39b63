#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "timeline/mapped_file.h"

/// A file of columns: arrays of plain numbers, each at a multiple of 64 bytes, to be mapped and
/// used where they stand.
///
///     header      96 bytes: magic, byte order, version, kind, id, sizes, hash of the directory,
///                 hash of the header
///     directory   place and length of every column
///     columns     with zeros between them
///     checksums   XXH3 of every MiB of all the above, then one of the checksums
///
/// A checksum is seeded with the file's id and the number of its block, so that a block of another
/// file, or from another place, is damage too. Nothing in the file is beyond them: any byte that
/// is not as it was written is noticed.
namespace kokemus::timeline {

/// Raised whenever the layout of the files changes, or what the columns mean.
inline constexpr std::uint32_t column_file_version = 5;

enum class ColumnFileKind : std::uint32_t { Head = 1, Part = 2 };

/// How a written file is known.
struct ColumnFileMark {
    std::uint64_t id = 0;     ///< drawn anew for every file
    std::uint64_t bytes = 0;  ///< its length

    friend bool operator==(const ColumnFileMark&, const ColumnFileMark&) = default;
};

/// Collects columns and writes them out. Columns must stay where they are until then.
class ColumnFileWriter {
public:
    explicit ColumnFileWriter(ColumnFileKind kind) : kind_(kind) {}

    void add(std::span<const std::byte> column) { columns_.push_back(column); }

    /// What the file will take.
    std::uint64_t bytes() const;

    /// Writes beside `path`, syncs, makes it read-only and moves it into place: `path` is the old
    /// or the new file, whatever happens. Synced as it goes, so that others who sync on the same
    /// disk do not wait for all of it.
    Result<ColumnFileMark> write(const std::filesystem::path& path) const;

private:
    ColumnFileKind kind_;
    std::vector<std::span<const std::byte>> columns_;
};

/// A file of columns, opened. Thread safe.
class ColumnFile {
public:
    /// Maps the file and checks header and directory: afterwards every column lies within the file
    /// at its alignment. NotFound without a file, Conflict (with words) for another version or
    /// byte order, Corrupt for anything else that is not as it was written.
    static Result<ColumnFile> open(const std::filesystem::path& path, ColumnFileKind kind);

    /// Reads everything and compares the checksums, on all workers. Corrupt with the place of the
    /// first damage. Costs what reading the file costs: the sums themselves take 0.1 s a GB.
    Status verify() const;

    const ColumnFileMark& mark() const { return mark_; }
    std::size_t columns() const { return columns_.size(); }
    std::span<const std::byte> column(std::size_t place) const { return columns_[place]; }

    /// Keeps the columns where they are.
    const std::shared_ptr<const MappedFile>& mapping() const { return mapping_; }

private:
    std::filesystem::path path_;
    std::shared_ptr<const MappedFile> mapping_;
    ColumnFileMark mark_;
    std::uint64_t checked_bytes_ = 0;  ///< those before the checksums
    std::vector<std::span<const std::byte>> columns_;
};

}  // namespace kokemus::timeline
