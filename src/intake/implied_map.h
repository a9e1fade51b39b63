#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "intake/import_map.h"
#include "intake/stage.h"

namespace kokemus::intake {

/// Adds to `map` the blocks for a file that comes without a map, from the names of its columns.
/// Says in `notes` what was chosen. Fails with what to do when the columns do not say enough.
Status imply_table_blocks(const StagedTable& table, ImportMap& map,
                          std::vector<std::string>& notes);

/// The same for a log: a trace is one customer and one thread. Adds a query source for the traits
/// of the customers.
Status imply_xes_blocks(Stage& stage, const StagedTable& table, const std::filesystem::path& file,
                        ImportMap& map, std::vector<std::string>& notes);

}  // namespace kokemus::intake
