#pragma once

#include <filesystem>

#include "base/result.h"

namespace kokemus::records {

/// Writes the records of an SQLite file into the new file `to`, as one state of them, also while a
/// server changes them; changes wait for none of it. On disk on return, readable by its owner
/// alone. Conflict when `to` is there already.
Status copy_sqlite(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace kokemus::records
