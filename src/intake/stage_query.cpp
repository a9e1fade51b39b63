#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "duck/each_row.h"
#include "intake/stage.h"

namespace kokemus::intake {

namespace {

bool mentions_column(std::string_view sql, std::string_view column) {
    return lower(sql).find(lower(column)) != std::string::npos;
}

/// Values that the query will see as missing because they do not fit their column's type are said.
Status say_unfit_values(Stage& stage, const Source& query, const StagedTable& table,
                        RowErrors& errors) {
    for (const StagedColumn& column : table.columns) {
        if (!table.is_cast(column) || !mentions_column(query.sql.sql, column.name)) {
            continue;
        }
        const std::string name = duck::identifier(column.name);
        duck::Rows rows = TRY(
            stage.connection().query(fmt::format("SELECT {}::BIGINT, {} FROM {} WHERE {} IS NOT "
                                                 "NULL AND TRY_CAST({} AS {}) IS NULL ORDER BY 1",
                                                 table.row_number,
                                                 name,
                                                 table.raw,
                                                 name,
                                                 name,
                                                 column.type)));
        TRY(duck::each_row(std::move(rows), [&](const duck::Chunk& chunk, std::size_t row) {
            return errors.add(RowError{
                .file = table.file_name,
                .line = static_cast<std::uint64_t>(chunk.column(0).number<std::int64_t>(row)),
                .line_is_row = true,
                .column = column.name,
                .value = std::string(chunk.column(1).text(row)),
                .reason = fmt::format("is not a {} like the rest of its column; read as missing",
                                      lower(column.type))});
        }));
    }
    return {};
}

/// What DuckDB says of a source's query that fails, in words for whoever wrote the map.
std::string query_reason(const std::string& message) {
    std::string first = message.substr(0, message.find('\n'));
    if (first.find("disabled by configuration") != std::string::npos) {
        return "a query may read the declared sources only; files, other databases and the network "
               "are closed to it";
    }
    if (first.starts_with("syntax error")) {
        return first + "; the sql of a source is one query, like \"select ... from <source>\"";
    }
    return first;
}

}  // namespace

Status Stage::run_query(const Source& source, const std::string& title, RowErrors& errors,
                        const StageProgress& progress) {
    for (const auto& [name, table] : tables_) {
        if (mentions_column(source.sql.sql, name)) {
            TRY(say_unfit_values(*this, source, table, errors));
        }
    }
    StagedTable table;
    table.source = source.name;
    table.file_name = "source " + source.name;
    table.raw = fmt::format("raw.{}", duck::identifier(source.name));
    table.row_number = "rowid + 1";
    const std::string sql =
        fmt::format("CREATE TABLE {} AS SELECT * FROM ({}\n)", table.raw, source.sql.sql);
    // Preparing refuses more than one statement, and what is inside the brackets can only be a
    // query.
    const auto prepared = connection_.prepare(sql);
    Status done = prepared ? run(sql, source.name, progress) : Status(prepared.error());
    if (!done) {
        Error error = std::move(done).error();
        error.message = fmt::format("{} line {}: source `{}`: {}",
                                    title,
                                    source.sql.line,
                                    source.name,
                                    query_reason(error.message));
        return error;
    }
    duck::Rows types =
        TRY(connection_.query(fmt::format("SELECT column_name, data_type FROM duckdb_columns() "
                                          "WHERE schema_name = 'raw' AND table_name = {} "
                                          "ORDER BY column_index",
                                          duck::literal(source.name))));
    TRY(duck::each_row(std::move(types), [&](const duck::Chunk& chunk, std::size_t row) {
        table.columns.push_back(
            {std::string(chunk.column(0).text(row)), std::string(chunk.column(1).text(row))});
    }));
    return add(std::move(table));
}

}  // namespace kokemus::intake
