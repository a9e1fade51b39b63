#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace kokemus {

/// An error for a failed file operation: "cannot write /a/b: no space left on device", with the
/// code that fits (NotFound, Forbidden, DiskFull, Conflict for a busy file, else Unavailable).
/// `action` is the verb: "read", "write".
Error file_error(std::string_view action, const std::filesystem::path& path, int error_number);

/// The whole file. NotFound if there is none, TooLarge (naming the limit) if it has more than
/// `bytes_max` bytes.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t bytes_max);

/// Replaces the file by `bytes` as one step that is on disk when this returns: after a crash at any
/// moment the old or the new content stands there, never a mixture. The folder must exist.
Status write_file(const std::filesystem::path& path, std::string_view bytes);

/// Makes the folder and those above it that are missing, their names on disk when this returns;
/// already there is success.
Status make_folders(const std::filesystem::path& path);

/// Puts the names in a folder on disk, e.g. after a rename.
Status sync_folder(const std::filesystem::path& folder);

/// Writes a file piece by piece beside its place and moves it there with `commit`, durably and in
/// one step. Without a commit nothing of it stays. Not thread safe.
class FileWriter {
public:
    /// Who may write the file once it is in its place: ReadOnly for one that is only ever replaced.
    enum class Access { ReadWrite, ReadOnly };

    static Result<FileWriter> create(const std::filesystem::path& path,
                                     Access access = Access::ReadWrite);

    FileWriter(FileWriter&& other) noexcept;
    FileWriter& operator=(FileWriter&&) = delete;
    FileWriter(const FileWriter&) = delete;
    FileWriter& operator=(const FileWriter&) = delete;
    ~FileWriter();

    /// After an error only destruction makes sense; a write is never tried again.
    Status write(std::string_view bytes);

    /// Puts on disk what was written so far: for long files, so that neither the end nor others
    /// who sync on the same disk wait for all of it.
    Status sync();

    /// Syncs, moves into place, syncs the folder. At most once.
    Status commit();

private:
    FileWriter(std::filesystem::path path, std::filesystem::path partial, int descriptor);

    Status flush();

    std::filesystem::path path_;
    std::filesystem::path partial_;  ///< empty once moved into place or moved from
    int descriptor_ = -1;
    std::string pending_;
};

}  // namespace kokemus
