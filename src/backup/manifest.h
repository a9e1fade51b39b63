#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/open_file.h"
#include "base/result.h"

namespace kokemus::backup {

/// Raised when older programs cannot restore what is written.
inline constexpr int format_version = 1;

inline constexpr std::string_view manifest_name = "manifest.json";

/// Of the records, where they are a file in the data folder.
inline constexpr std::string_view records_name = "records.sqlite";

/// What a backup holds. Its file is written last: a folder without one is no backup.
struct Manifest {
    struct File {
        std::string name;  ///< in the folder; one of `place_of`
        FileSum sum;

        friend bool operator==(const File&, const File&) = default;
    };

    int format = format_version;
    int ledger_version = 0;  ///< of the ledger's tables
    std::string program_version;
    std::string ledger_id;
    std::uint64_t last_number = 0;
    std::uint64_t encounters = 0;
    std::uint64_t customers = 0;
    Instant made_at{};
    std::vector<File> files;

    std::uint64_t bytes() const;  ///< of all files

    friend bool operator==(const Manifest&, const Manifest&) = default;
};

/// Where a file of a backup belongs in a data folder, relative to it; empty for a name that no
/// backup holds.
std::filesystem::path place_of(std::string_view name);

/// On disk on return, in one step.
Status write_manifest(const Manifest& manifest, const std::filesystem::path& folder);

/// NotFound when the folder is no (finished) backup, Conflict when a newer program wrote it,
/// Corrupt when the manifest is not as it was written.
Result<Manifest> read_manifest(const std::filesystem::path& folder);

/// Reads every file of the backup and compares: a sentence for each that is missing, cut, longer,
/// changed or unreadable. Empty: all is as it was written.
std::vector<std::string> damage_of(const Manifest& manifest, const std::filesystem::path& folder);

}  // namespace kokemus::backup
