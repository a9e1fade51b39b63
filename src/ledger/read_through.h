#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kokemus::ledger {

/// What a ledger's file says of itself when all of it is read.
struct ReadThrough {
    int version = 0;  ///< of its tables; 0: it was only begun, and has none yet
    std::string id;   ///< empty in a version without one
    std::uint64_t encounters = 0;
    std::uint64_t customers = 0;  ///< distinct ones among the encounters
    std::uint64_t last_number = 0;
    std::vector<std::string> damage;  ///< a sentence for each column that is not as it was written
};

/// Called with what is being read, a table's column, for a line of progress.
using Reading = std::function<void(std::string_view what)>;

/// Reads every column of every table in the file, with the log beside it, so that DuckDB compares
/// the checksum of every block in use; then the numbers of the encounters, which must be distinct.
/// Opens for reading only: nothing is changed, older versions are read as they are. Corrupt when
/// the file cannot be opened for damage; what else is damaged is in the answer. Nobody may write
/// the file meanwhile. Costs a reading of the file, about 0.1 us an encounter.
Result<ReadThrough> read_through(const std::filesystem::path& file, const Reading& reading = {});

}  // namespace kokemus::ledger
