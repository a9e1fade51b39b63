#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace kokemus::intake {

/// A text file as DuckDB's readers can take it: UTF-8, not packed, under a name without wildcards.
struct PlainFile {
    std::filesystem::path
        /// in the temporary folder: a link to the file itself, or an unpacked, converted copy
        path;
    std::uint64_t bytes = 0;
    std::uint64_t mark_bytes = 0;  ///< length of a byte order mark at its beginning
    char line_end = '\n';          ///< '\r' in files of very old Macs
};

/// Makes it in `folder` as `name`. `encoding` as iconv names it ("latin-1" too); empty: UTF-8, or
/// UTF-16 where the file begins with its mark. InvalidInput when the bytes are no text or not of
/// that encoding.
Result<PlainFile> make_plain(const std::filesystem::path& file, const std::string& encoding,
                             const std::filesystem::path& folder, const std::string& name);

/// Makes a link `folder`/`name` to the file, so that its own name (with * or [ in it) means nothing
/// to DuckDB.
Result<std::filesystem::path> link_plainly(const std::filesystem::path& file,
                                           const std::filesystem::path& folder,
                                           const std::string& name);

}  // namespace kokemus::intake
