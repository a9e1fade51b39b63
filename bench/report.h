#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "answer_lines.h"
#include "base/result.h"

namespace kokemus::bench {

/// One line of the table.
struct Measured {
    std::string name;
    std::string filter;
    std::uint64_t encounters = 0;
    double wall_seconds = 0;
    double work_seconds = 0;
    std::optional<double> bandwidth_share;  ///< of the columns needed, at the measured bandwidth
    std::optional<double> duckdb_wall_seconds, duckdb_work_seconds;
    std::optional<double> kept_bytes;  ///< of tallies, so that asking again is quick
    sql::Lines lines;  ///< what was answered, for another rival to be held against
};

/// What a program measured, with what it says of the machine and of the whole run.
struct Report {
    std::string program;
    std::vector<std::pair<std::string, double>> facts;  ///< name with its unit last -> number
    std::vector<Measured> rows;
};

/// The table, on standard output.
void print(const Report& report);

/// The same as JSON; an empty path: nowhere.
Status write_json(const Report& report, const std::filesystem::path& path);

}  // namespace kokemus::bench
