#include <fmt/format.h>

#include "duck/each_row.h"
#include "intake/byte_reader.h"
#include "intake/plain_file.h"
#include "intake/stage.h"

namespace kokemus::intake {

/// Not loaded: Parquet is read in place, column by column, each time an expression asks for it.
Status stage_parquet(Stage& stage, const Source& source, const std::filesystem::path& file) {
    TRY(ByteReader::open(
        file));  // says in words what is wrong with missing, empty and packed files
    const std::filesystem::path link =
        TRY(link_plainly(file, stage.folder(), source.name + ".parquet"));
    StagedTable table;
    table.source = source.name;
    table.file_name = file.filename().string();
    table.raw = fmt::format("raw.{}", duck::identifier(source.name));
    table.row_number = "file_row_number + 1";
    const std::string call =
        fmt::format("read_parquet({}, binary_as_string = true, file_row_number = true)",
                    duck::literal(link.string()));
    const Status opened = stage.connection().execute(
        fmt::format("CREATE VIEW {} AS SELECT * FROM {}", table.raw, call));
    if (!opened) {
        return invalid_input(
            fmt::format("{} cannot be read as Parquet: {}",
                        table.file_name,
                        opened.error().message.substr(0, opened.error().message.find('\n'))));
    }
    duck::Rows columns = TRY(stage.connection().query(
        fmt::format("DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {}", table.raw)));
    TRY(duck::each_row(std::move(columns), [&](const duck::Chunk& chunk, std::size_t row) {
        table.columns.push_back(
            {std::string(chunk.column(0).text(row)), std::string(chunk.column(1).text(row))});
    }));
    stage.read_later_.push_back(link);
    return stage.add(std::move(table));
}

}  // namespace kokemus::intake
