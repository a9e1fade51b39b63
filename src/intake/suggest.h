#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace kokemus::intake {

/// A map for a file, guessed from the names, types and values of its columns, as TOML with
/// comments that say what was guessed and what is left to decide. The importer takes it unchanged
/// where a customer, a time and a touchpoint could be guessed; where the file has none of them, a
/// constant stands in its place, with a comment.
Result<std::string> suggest_map(const std::filesystem::path& file);

}  // namespace kokemus::intake
