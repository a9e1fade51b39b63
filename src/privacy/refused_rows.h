#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"

namespace kokemus::privacy {

/// Removes the list of rows that an import refused, and says how many it held. All of it goes, as a
/// row's words are a person's whether or not the person's name stands beside them; importing the
/// corrected file makes another. No list is no error.
Result<std::uint64_t> remove_refused_rows(const std::filesystem::path& list);

}  // namespace kokemus::privacy
