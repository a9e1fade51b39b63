#include "report.h"

#include <fstream>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace kokemus::bench {
namespace {

std::string or_dash(const std::optional<double>& number, const char* unit, double factor) {
    return number ? fmt::format("{:.3g}{}", *number * factor, unit) : "-";
}

/// How many times as long the rival took.
std::optional<double> ratio(const std::optional<double>& rival, double ours) {
    return rival && ours > 0 ? std::optional(*rival / ours) : std::nullopt;
}

boost::json::value to_json(const std::optional<double>& number) {
    return number ? boost::json::value(*number) : boost::json::value(nullptr);
}

boost::json::object to_json(const Measured& row) {
    return {{"name", row.name},
            {"filter", row.filter},
            {"encounters", row.encounters},
            {"wall_seconds", row.wall_seconds},
            {"work_seconds", row.work_seconds},
            {"encounters_per_second", static_cast<double>(row.encounters) / row.wall_seconds},
            {"bandwidth_share", to_json(row.bandwidth_share)},
            {"kept_bytes", to_json(row.kept_bytes)},
            {"duckdb_wall_seconds", to_json(row.duckdb_wall_seconds)},
            {"duckdb_work_seconds", to_json(row.duckdb_work_seconds)},
            {"duckdb_wall_ratio", to_json(ratio(row.duckdb_wall_seconds, row.wall_seconds))},
            {"duckdb_work_ratio", to_json(ratio(row.duckdb_work_seconds, row.work_seconds))},
            {"lines", boost::json::value_from(row.lines)}};
}

}  // namespace

void print(const Report& report) {
    fmt::print("{}\n", report.program);
    for (const auto& [name, number] : report.facts) {
        fmt::print("  {:<40} {:>14.5g}\n", name, number);
    }
    fmt::print("  {:<26} {:<36} {:>9} {:>9} {:>9} {:>9} {:>9} {:>8}\n",
               "question",
               "where",
               "wall s",
               "work s",
               "M/s",
               "bandwidth",
               "DuckDB s",
               "ratio");
    for (const auto& row : report.rows) {
        fmt::print("  {:<26} {:<36} {:>9.4f} {:>9.4f} {:>9.1f} {:>9} {:>9} {:>8}\n",
                   row.name,
                   row.filter,
                   row.wall_seconds,
                   row.work_seconds,
                   static_cast<double>(row.encounters) / row.wall_seconds / 1e6,
                   or_dash(row.bandwidth_share, " %", 100),
                   or_dash(row.duckdb_wall_seconds, "", 1),
                   or_dash(ratio(row.duckdb_wall_seconds, row.wall_seconds), "x", 1));
    }
}

Status write_json(const Report& report, const std::filesystem::path& path) {
    if (path.empty()) {
        return {};
    }
    boost::json::object facts;
    for (const auto& [name, number] : report.facts) {
        facts[name] = number;
    }
    boost::json::array rows;
    for (const auto& row : report.rows) {
        rows.push_back(to_json(row));
    }
    const boost::json::object whole = {
        {"program", report.program}, {"facts", facts}, {"rows", rows}};
    std::ofstream file(path);
    file << boost::json::serialize(whole) << "\n";
    if (!file.flush()) {
        return Error{ErrorCode::Unavailable, "cannot write " + path.string()};
    }
    return {};
}

}  // namespace kokemus::bench
