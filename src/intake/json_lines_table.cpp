#include <fmt/format.h>

#include "base/limits.h"
#include "duck/each_row.h"
#include "intake/column_types.h"
#include "intake/plain_file.h"
#include "intake/stage.h"

namespace kokemus::intake {

namespace {

namespace fs = std::filesystem;

Result<bool> is_array(const fs::path& path) {
    RecordReader reader = TRY(RecordReader::open(path, {.quote = '\0', .text_bytes_max = 100}));
    while (TRY(reader.next())) {
        const std::size_t first = reader.text().find_first_not_of(" \t\r\xef\xbb\xbf");
        if (first != std::string::npos) {
            return reader.text()[first] == '[';
        }
    }
    return false;
}

Status read_objects(Stage& stage, const PlainFile& plain, bool array, const StagedTable& table,
                    const StageProgress& progress) {
    const Status read = stage.run(
        fmt::format(
            "CREATE TABLE raw.objects AS SELECT json FROM read_json_objects({}, format = '{}', "
            "maximum_object_size = {}{})",
            duck::literal(plain.path.string()),
            array ? "array" : "newline_delimited",
            limits::line_bytes_max,
            array ? "" : ", ignore_errors = true"),
        table.file_name,
        progress);
    if (!read) {
        Error error = read.error();
        error.message = fmt::format("{} cannot be read as JSON lines: {}",
                                    table.file_name,
                                    error.message.substr(0, error.message.find('\n')));
        return error;
    }
    return {};
}

/// The members of the objects, in the order in which they first come.
Status find_members(Stage& stage, StagedTable& table) {
    std::vector<std::string> keys;
    duck::Rows rows = TRY(stage.connection().query(
        "SELECT key FROM (SELECT unnest(json_keys(json)) AS key, rowid AS row FROM raw.objects "
        "WHERE json_type(json) = 'OBJECT') WHERE key <> '' GROUP BY key ORDER BY min(row), key"));
    TRY(duck::each_row(std::move(rows), [&](const duck::Chunk& chunk, std::size_t row) {
        keys.emplace_back(chunk.column(0).text(row));
    }));
    if (keys.empty()) {
        return invalid_input(fmt::format(
            "{} holds no JSON objects; each line needs one, like {{\"customer\": \"...\", ...}}",
            table.file_name));
    }
    std::vector<std::string> columns;
    const std::vector<std::string> names = usable_names(keys);
    for (std::size_t at = 0; at < keys.size(); ++at) {
        table.columns.push_back(StagedColumn{names[at], "VARCHAR"});
        columns.push_back(fmt::format("s[{}] AS {}", at + 1, duck::identifier(names[at])));
    }
    std::vector<std::string> paths;
    for (const std::string& key : keys) {
        std::string quoted;
        for (const char c : key) {
            quoted += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        }
        paths.push_back(duck::literal("$.\"" + quoted + "\""));
    }
    // One look at each object for all its members; texts come without their quotes, objects and
    // lists as JSON.
    return stage.connection().execute(
        fmt::format("CREATE TABLE {} AS SELECT {}, row AS __row FROM (SELECT rowid + 1 AS row, "
                    "json_extract_string(json, [{}]) AS s "
                    "FROM raw.objects WHERE json_type(json) = 'OBJECT')",
                    table.raw,
                    fmt::join(columns, ", "),
                    fmt::join(paths, ", ")));
}

/// Adds an error for each line that holds no object.
Status say_bad_lines(Stage& stage, const StagedTable& table, RowErrors& errors) {
    duck::Rows rows =
        TRY(stage.connection().query("SELECT rowid::BIGINT, json IS NULL FROM raw.objects WHERE "
                                     "json IS NULL OR json_type(json) <> 'OBJECT' ORDER BY 1"));
    std::vector<std::pair<std::uint64_t, bool>> bad;
    TRY(duck::each_row(std::move(rows), [&](const duck::Chunk& chunk, std::size_t row) {
        bad.emplace_back(static_cast<std::uint64_t>(chunk.column(0).number<std::int64_t>(row)),
                         chunk.column(1).number<bool>(row));
    }));
    if (bad.empty()) {
        return {};
    }
    RecordReader::Options options = table.record_options;
    options.text_bytes_max = 200;
    RecordReader reader = TRY(RecordReader::open(table.plain_path, options));
    RowWalk walk(table.shape);
    std::uint64_t row = 0;
    auto next = bad.begin();
    while (next != bad.end() && TRY(reader.next())) {
        if (!walk.is_row(reader.record())) {
            continue;
        }
        if (row++ == next->first) {
            TRY(errors.add(RowError{.file = table.file_name,
                                    .line = reader.record().line,
                                    .value = reader.text(),
                                    .reason = next->second
                                                  ? "is not JSON"
                                                  : "is JSON, but not an object with members"}));
            ++next;
        }
    }
    return {};
}

}  // namespace

Status stage_json_lines(Stage& stage, const Source& source, const fs::path& file, RowErrors& errors,
                        const StageProgress& progress) {
    StagedTable table;
    table.source = source.name;
    table.file_name = file.filename().string();
    table.texts = true;
    table.raw = fmt::format("raw.{}", duck::identifier(source.name));
    table.row_number = "__row";
    const PlainFile plain =
        TRY(make_plain(file, source.text.encoding, stage.folder(), source.name + ".jsonl"));
    table.plain_path = plain.path;
    table.record_options.quote = '\0';
    const bool array = TRY(is_array(plain.path));
    table.places = array ? Places::Rows : Places::Records;
    TRY(read_objects(stage, plain, array, table, progress));
    TRY(say_bad_lines(stage, table, errors));
    TRY(find_members(stage, table));
    TRY(stage.connection().execute("DROP TABLE raw.objects"));
    TRY(find_types(stage, source, table));
    return stage.add(std::move(table));
}

}  // namespace kokemus::intake
