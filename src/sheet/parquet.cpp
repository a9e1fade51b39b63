#include "sheet/parquet.h"

#include <fmt/format.h>

#include "answer/safe_text.h"
#include "duck/appender.h"
#include "duck/duck.h"
#include "sheet/bounds.h"
#include "sheet/memory_file.h"

namespace kokemus::sheet {

namespace {

using answer::Cell;
using answer::Holds;

std::string_view type_of(Holds holds) {
    switch (holds) {
        case Holds::Text: return "VARCHAR";
        case Holds::Count: return "UBIGINT";
        case Holds::Number:
        case Holds::Share: return "DOUBLE";
        case Holds::Time: return "TIMESTAMP_MS";
        case Holds::Flag: return "BOOLEAN";
    }
    return "VARCHAR";
}

std::string definition_of(const answer::Rows& table) {
    std::string columns;
    for (const answer::Column& column : table.columns) {
        columns += fmt::format("{}{} {}",
                               columns.empty() ? "" : ", ",
                               duck::identifier(column.name),
                               type_of(column.holds));
    }
    return fmt::format("CREATE TABLE answer ({})", columns.empty() ? "nothing VARCHAR" : columns);
}

struct CellText {
    std::string operator()(std::monostate /*nothing*/) const { return {}; }
    std::string operator()(const std::string& text) const { return answer::safe_cell(text); }
    std::string operator()(Instant time) const { return format_instant(time); }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::uint64_t count) const { return std::to_string(count); }
    std::string operator()(double number) const { return fmt::format("{}", number); }
};

std::string metadata_of(const answer::Origin& origin) {
    std::string members;
    for (const auto& [name, value] : origin) {
        members += fmt::format("{}{}: {}",
                               members.empty() ? "" : ", ",
                               duck::literal(name),
                               duck::literal(std::visit(CellText(), value)));
    }
    return members.empty() ? members : fmt::format(", KV_METADATA {{{}}}", members);
}

/// Into the column that stands next; texts live until the appender has finished.
struct CellAppender {
    duck::Appender& rows;
    std::size_t column;

    void operator()(std::monostate /*nothing*/) const { rows.null(column); }
    void operator()(const std::string& text) const { rows.text(column, text); }
    void operator()(Instant time) const {
        rows.number<std::int64_t>(column, time.time_since_epoch().count());
    }
    void operator()(bool flag) const { rows.number<bool>(column, flag); }
    void operator()(std::uint64_t count) const { rows.number<std::uint64_t>(column, count); }
    void operator()(double number) const { rows.number<double>(column, number); }
};

Status fill(duck::Connection& connection, const answer::Rows& table) {
    // DuckDB takes UTF-8 only, and by pointer.
    answer::Rows safe = table;
    for (auto& row : safe.rows) {
        for (Cell& cell : row) {
            if (auto* text = std::get_if<std::string>(&cell)) {
                *text = answer::safe_cell(*text);
            }
        }
    }
    auto appender = TRY(duck::Appender::open(connection, "answer"));
    for (const auto& row : safe.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::visit(CellAppender{appender, i}, row[i]);
        }
        TRY(appender.end_row());
    }
    return appender.finish();
}

}  // namespace

Result<std::string> to_parquet(const answer::Rows& table, const answer::Origin& origin) {
    const MemoryFile file = TRY(MemoryFile::make());
    duck::Options options;
    options.memory_bytes = bounds::parquet_memory_bytes;
    const auto database = TRY(duck::Database::open({}, options));
    auto connection = TRY(database.connect());
    TRY(connection.execute(definition_of(table)));
    TRY(fill(connection, table));
    TRY(connection.execute(
        fmt::format("COPY answer TO {} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false{})",
                    duck::literal(file.path()),
                    metadata_of(origin))));
    return file.read(bounds::file_bytes_max);
}

}  // namespace kokemus::sheet
