#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/read_through.h"

namespace kokemus::backup {

/// What was found in a folder that was read wholly.
struct Verified {
    enum class Kind { Data, Backup };

    Kind kind = Kind::Data;
    ledger::ReadThrough ledger;        ///< counts are of no use when there is damage
    std::uint64_t bytes = 0;           ///< of the files that were read
    std::vector<std::string> damage;   ///< a sentence for each thing that is not as it was written
    std::vector<std::string> remarks;  ///< what is no damage, but was not or need not be compared
    std::optional<std::uint64_t> timeline_encounters;  ///< in a snapshot that was compared
};

/// Reads a data folder or a backup wholly and changes nothing of what it holds. (Where there is a
/// snapshot the ledger is opened as by every command, which may fold its log in.)
///
/// A backup: its manifest, the checksum of every file, every block of the ledger, the counts.
/// A data folder, which no other process may hold (Conflict): the blueprint, every block of the
/// ledger and its log, and the snapshot of the timeline, its checksums first and then encounter by
/// encounter against the ledger. NotFound when the folder is neither. Costs a reading of every
/// file, and about 2 us an encounter where there is a snapshot.
Result<Verified> verify(const std::filesystem::path& folder,
                        const std::function<void(std::string_view)>& say = {});

}  // namespace kokemus::backup
