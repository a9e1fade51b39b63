#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/nearest.h"
#include "intake/column_types.h"
#include "intake/stage.h"

namespace kokemus::intake {

namespace {

constexpr std::uint64_t sample_rows = 10'000;

/// A column of whole numbers by its sample that holds a fraction further down is one of numbers:
/// DuckDB would round it without a word.
Status widen_to_fractions(Stage& stage, StagedTable& table) {
    std::vector<std::string> tests;
    std::vector<StagedColumn*> columns;
    for (StagedColumn& column : table.columns) {
        if (column.type == "BIGINT") {
            const std::string name = duck::identifier(column.name);
            tests.push_back(fmt::format(
                "coalesce(bool_or(contains({0}, '.') OR contains({0}, 'e') OR contains({0}, 'E')), "
                "false)",
                name));
            columns.push_back(&column);
        }
    }
    if (columns.empty()) {
        return {};
    }
    auto rows = TRY(stage.connection().query(
        fmt::format("SELECT {} FROM {}", fmt::join(tests, ", "), table.raw)));
    const auto chunk = TRY(rows.next());
    for (std::size_t at = 0; at < columns.size(); ++at) {
        if (chunk->column(at).number<bool>(0)) {
            columns[at]->type = "DOUBLE";
        }
    }
    return {};
}

void look_at(const duck::Column& column, std::size_t rows, ColumnLook& look) {
    for (std::size_t row = 0; row < rows; ++row) {
        if (!column.is_null(row)) {
            look.add(column.text(row));
        }
    }
}

/// Types that the map gives stand instead of those that were found.
Status take_given_types(const Source& source, StagedTable& table) {
    std::vector<std::string_view> known;
    for (const StagedColumn& column : table.columns) {
        known.push_back(column.name);
    }
    for (const auto& [name, type] : source.text.types) {
        const StagedColumn* column = table.column(name);
        if (column == nullptr) {
            return invalid_input(
                fmt::format("[source.{}] gives a type for `{}`, which {} does not have{}",
                            source.name,
                            name,
                            table.file_name,
                            did_you_mean(name, known)));
        }
        table.columns[static_cast<std::size_t>(column - table.columns.data())].type = type;
    }
    return {};
}

}  // namespace

Status find_types(Stage& stage, const Source& source, StagedTable& table) {
    std::vector<ColumnLook> looks(table.columns.size());
    std::vector<std::string> names;
    for (const StagedColumn& column : table.columns) {
        names.push_back(duck::identifier(column.name));
    }
    const std::uint64_t step = std::max<std::uint64_t>(1, table.rows / sample_rows);
    auto rows = TRY(
        stage.connection().query(fmt::format("SELECT {} FROM {} WHERE rowid < {} OR rowid % {} = 0",
                                             fmt::join(names, ", "),
                                             table.raw,
                                             sample_rows,
                                             step)));
    while (const auto chunk = TRY(rows.next())) {
        for (std::size_t at = 0; at < looks.size(); ++at) {
            look_at(chunk->column(at), chunk->size(), looks[at]);
        }
    }
    for (std::size_t at = 0; at < looks.size(); ++at) {
        table.columns[at].type = duckdb_type(looks[at]);
    }
    TRY(widen_to_fractions(stage, table));
    return take_given_types(source, table);
}

}  // namespace kokemus::intake
