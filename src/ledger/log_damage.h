#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace kokemus::ledger {

/// What the bytes of DuckDB's log (encounters.duckdb.wal) say of how it ended.
struct LogState {
    enum class Kind {
        Whole,        ///< every piece checks out
        Torn,         ///< it ends within a transaction: DuckDB leaves that out by itself
        LostSectors,  ///< sectors of its last transaction are missing, as when the power went
        Damaged,      ///< it was changed where it had been synced: acknowledged data may be gone
    };

    Kind kind = Kind::Whole;
    std::uint64_t size = 0;
    std::uint64_t complete_end = 0;  ///< where the last transaction ends that checks out wholly
    std::uint64_t damage_at = 0;     ///< the first piece that does not check out
};

/// Looks at every piece of the log: its size, its checksum, where transactions end.
///
/// One transaction at a time is written, and the next one only after it was synced. So when the
/// power goes, only the last one can miss sectors, and nobody was told that it was kept. Missing
/// sectors read as zeros, since a file grows over bytes that were written or nothing. Damage counts
/// as LostSectors only when that explains it: nothing but the last transaction comes after, and the
/// piece that does not check out has a sector of zeros. All else, such as a flipped bit, and a
/// piece whose size was changed so that DuckDB would take it for the end, is Damaged. A flipped bit
/// in the last transaction is taken for lost sectors when its piece holds 512 zeros of its own
/// besides. Costs a pass over the bytes, about 1 ns each.
LogState examine_log(std::string_view bytes);

/// Before DuckDB opens the file `database`: leaves a log that is whole or torn as it is; cuts one
/// that lost sectors after its last complete transaction, keeping it as it was beside it under a
/// name that says so, and says so loudly; Corrupt, and nothing changed, when it is damaged.
Status mend_log(const std::filesystem::path& database);

/// The same without changing anything: Corrupt also where sectors were lost.
Status check_log(const std::filesystem::path& database);

}  // namespace kokemus::ledger
