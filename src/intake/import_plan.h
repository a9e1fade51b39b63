#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "intake/block_query.h"
#include "intake/import.h"
#include "intake/import_map.h"
#include "intake/row_errors.h"
#include "intake/stage.h"

namespace kokemus::intake {

/// What an import is to do: its map, the files behind it, and once these are loaded the queries
/// that give encounters and customers.
class ImportPlan {
public:
    /// Reads the map, or makes a source of each file. Fails with words when there is neither or
    /// both.
    static Result<ImportPlan> read(const ImportOptions& options);

    /// Loads all sources, makes blocks of the column names where there is no map, locks the stage
    /// down and binds all expressions to it. Fails at a file that is missing or no table, and with
    /// all faults of expressions at once. Rows that cannot be read go to `errors`, choices made
    /// without being asked to `notes`.
    Status load(Stage& stage, const ImportOptions& options, RowErrors& errors,
                std::vector<std::string>& notes);

    /// The rows of one query become encounters.
    struct Encounters {
        BlockQuery query;
        std::size_t identity = 0;  ///< which Identifier gives its ids
    };
    const std::vector<Encounters>& encounters() const { return encounters_; }
    const std::vector<BlockQuery>& customers() const { return customers_; }

    /// How many Identifiers are needed.
    std::size_t identities() const { return identities_; }

    /// Of all queries of encounters together.
    std::uint64_t rows_total() const { return rows_total_; }

private:
    Status load_sources(Stage& stage, const ImportOptions& options, RowErrors& errors,
                        std::vector<std::string>& notes);
    Status imply_blocks(Stage& stage, const std::string& source, const std::filesystem::path& file,
                        std::vector<std::string>& notes);
    Status bind(Stage& stage);

    ImportMap map_;
    std::vector<std::pair<std::string, std::filesystem::path>> files_;  ///< source -> its file
    bool implied_ = false;
    std::vector<Encounters> encounters_;
    std::vector<BlockQuery> customers_;
    std::size_t identities_ = 0;
    std::uint64_t rows_total_ = 0;
};

}  // namespace kokemus::intake
