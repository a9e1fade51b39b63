#pragma once

#include <filesystem>

#include "base/result.h"
#include "duck/duck.h"

/// DuckDB as the ledger uses it: which file, which settings.
namespace kokemus::ledger {

enum class Access { Writing, ReadingOnly };

/// Makes the file in `folder` when there is none. It takes its name when it is whole and on disk:
/// DuckDB would not open one of which a full disk or a kill left the half.
Status make_database(const std::filesystem::path& folder);

/// Removes what was spilled by a program that was killed, in which anything of the ledger may
/// stand. Only while nobody has the ledger open.
Status remove_spilled(const std::filesystem::path& folder);

/// Opens a file of the ledger's form; what DuckDB spills goes beside it.
Result<duck::Database> open_database_file(const std::filesystem::path& file, Access access);

/// Opens the file in `folder`.
Result<duck::Database> open_database(const std::filesystem::path& folder, Access access);

/// A connection that compresses as the ledger wants it.
Result<duck::Connection> connect_to_write(const duck::Database& database);

/// From now on the database of this connection is closed without folding its log in: who still
/// reads a file that was replaced, or given up, closes it at some time, and its log then is that of
/// the one that came after.
Status leave_log_at_close(duck::Connection& writer);

}  // namespace kokemus::ledger
