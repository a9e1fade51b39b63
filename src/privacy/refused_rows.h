#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "base/result.h"

namespace kokemus::privacy {

/// Takes the rows out of a CSV file that hold one of the texts: of the list of rows that an import
/// refused, which says what stood in them. Gives how many went. The file is replaced in one step,
/// and only when a row goes; none is no error.
Result<std::uint64_t> remove_rows_with(const std::filesystem::path& file,
                                       std::span<const std::string> texts);

}  // namespace kokemus::privacy
