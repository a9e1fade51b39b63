#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "intake/row_errors.h"
#include "intake/stage.h"

namespace kokemus::intake {

/// A row that DuckDB refused, in our words.
struct CsvReject {
    std::uint64_t offset = 0;
    std::string column;
    std::string reason;
};

/// Walks a text file once, beside what DuckDB has read of it, so that each refused record is said
/// with its exact line, and every record that was left out without a word is counted.
class CsvWalk {
public:
    /// Both must outlive this.
    CsvWalk(StagedTable& table, RowErrors& errors) : table_(table), errors_(errors) {}

    /// What stands in the file, as `rejects` (by offset) tell it.
    struct Counted {
        std::uint64_t taken = 0;     ///< records that must be rows of the table
        std::uint64_t left_out = 0;  ///< records that were refused
    };
    Result<Counted> count(const std::vector<CsvReject>& rejects);

    /// Adds each refused record to the errors and to the table's list of what is no row. An error
    /// when the table has fewer rows than the file: nothing is left out without a word.
    Status say(const std::vector<CsvReject>& rejects);

private:
    enum class Saying { Nothing, Each };

    Result<Counted> walk(const std::vector<CsvReject>& rejects, Saying saying);
    Status say_more(std::uint64_t taken);

    StagedTable& table_;
    RowErrors& errors_;
};

}  // namespace kokemus::intake
