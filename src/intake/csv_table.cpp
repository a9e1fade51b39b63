#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "duck/each_row.h"
#include "intake/column_types.h"
#include "intake/plain_file.h"
#include "intake/stage.h"

namespace kokemus::intake {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t lines_looked_at = 100;
constexpr std::size_t header_bytes_max = 1024 * 1024;
constexpr std::size_t columns_max = 4096;

struct Dialect {
    RecordReader::Options records;
    std::vector<std::string> names;  ///< usable in expressions
};

/// The delimiter that splits the most of the first lines into as many fields as the first one.
char find_delimiter(const std::vector<std::string>& lines, char quote) {
    char best = ',';
    std::size_t most = 0;
    for (const char delimiter : {',', ';', '\t', '|'}) {
        const std::size_t fields = split_record(lines.front(), delimiter, quote).size();
        std::size_t agree = 0;
        for (const std::string& line : lines) {
            agree += split_record(line, delimiter, quote).size() == fields ? 1 : 0;
        }
        const std::size_t score = fields < 2 ? 0 : agree * 1000 + fields;
        if (score > most) {
            most = score;
            best = delimiter;
        }
    }
    return best;
}

/// The first records behind `skip` lines, without blank ones.
Result<std::vector<std::string>> first_records(const fs::path& path,
                                               const RecordReader::Options& options,
                                               std::size_t skip) {
    RecordReader::Options keeping = options;
    keeping.text_bytes_max = header_bytes_max;
    RecordReader reader = TRY(RecordReader::open(path, keeping));
    std::vector<std::string> records;
    for (std::size_t read = 0; records.size() < lines_looked_at && TRY(reader.next()); ++read) {
        if (read >= skip && !reader.record().blank) {
            records.push_back(reader.text());
        }
    }
    return records;
}

Result<Dialect> find_dialect(const Source& source, Format format, const PlainFile& plain,
                             const std::string& file_name) {
    Dialect dialect;
    dialect.records.quote = source.text.quote.value_or('"');
    dialect.records.delimiter = format == Format::Tsv ? '\t' : ',';
    dialect.records.line_end = plain.line_end;
    std::vector<std::string> lines =
        TRY(first_records(plain.path, dialect.records, source.text.skip_lines));
    if (lines.empty()) {
        return invalid_input(
            fmt::format("{} holds no lines; there is nothing to import", file_name));
    }
    if (plain.mark_bytes > 0 && source.text.skip_lines == 0) {
        lines.front().erase(0, plain.mark_bytes);
    }
    if (source.text.delimiter) {
        dialect.records.delimiter = *source.text.delimiter;
    } else if (format != Format::Tsv) {
        dialect.records.delimiter = find_delimiter(lines, dialect.records.quote);
    }
    std::vector<std::string> header =
        split_record(lines.front(), dialect.records.delimiter, dialect.records.quote);
    if (header.size() > columns_max) {
        return invalid_input(fmt::format(
            "{} has {} columns; at most {} are read", file_name, header.size(), columns_max));
    }
    if (!source.text.names.empty() && source.text.names.size() != header.size()) {
        return invalid_input(fmt::format("[source.{}] gives {} names, but {} has {} columns",
                                         source.name,
                                         source.text.names.size(),
                                         file_name,
                                         header.size()));
    }
    if (!source.text.names.empty()) {
        header = source.text.names;
    } else if (!source.text.header) {
        header.assign(header.size(), "");
    }
    dialect.names = usable_names(header);
    return dialect;
}

std::string character(char c) {
    return duck::literal(c == '\0' ? std::string() : std::string(1, c));
}

std::string read_csv_call(const Source& source, const Dialect& dialect, const PlainFile& plain,
                          bool strict) {
    std::vector<std::string> columns;
    for (std::size_t at = 0; at < dialect.names.size(); ++at) {
        columns.push_back(fmt::format("'c{}': 'VARCHAR'", at));
    }
    std::vector<std::string> missing = {"''"};
    for (const std::string& text : source.text.missing) {
        missing.push_back(duck::literal(text));
    }
    return fmt::format(
        "read_csv({}, auto_detect = false, delim = {}, quote = {}, escape = {}, header = {}, skip "
        "= {}, columns = {{{}}}, "
        "nullstr = [{}], store_rejects = true, max_line_size = {}, buffer_size = {}, "
        "strict_mode = {})",
        duck::literal(plain.path.string()),
        character(dialect.records.delimiter),
        character(dialect.records.quote),
        character(dialect.records.quote),
        source.text.header,
        source.text.skip_lines,
        fmt::join(columns, ", "),
        fmt::join(missing, ", "),
        limits::line_bytes_max,
        2 * limits::line_bytes_max + 1024,
        strict);
}

/// What DuckDB says of a row that it refused, in our words.
std::string reject_reason(const std::string& message, std::size_t columns) {
    const auto says = [&](std::string_view words) {
        return message.find(words) != std::string::npos;
    };
    if (says("Expected Number of Columns")) {
        const std::size_t found = message.find("Found: ");
        return fmt::format(
            "the line has {} fields and not {}; a text with the delimiter in it needs quotes "
            "around it",
            found == std::string::npos ? "a different number of" : trim(message.substr(found + 7)),
            columns);
    }
    if (says("unterminated quote")) {
        return "a quoted text is not closed, or goes on behind its closing quote; write a quote "
               "inside a text twice";
    }
    if (says("unicode") || says("utf-8")) {
        return "is not UTF-8; set encoding = \"latin-1\" (or what it is) for this source in the "
               "map";
    }
    if (says("Maximum line size")) {
        return fmt::format("the line is longer than {} bytes", limits::line_bytes_max);
    }
    return message.substr(0, message.find('\n'));
}

struct Reject {
    std::uint64_t offset = 0;
    std::string column;
    std::string reason;
};

Result<std::vector<Reject>> read_rejects(Stage& stage, const Dialect& dialect) {
    std::vector<Reject> rejects;
    duck::Rows rows = TRY(
        stage.connection().query("SELECT line_byte_position::BIGINT, column_idx::BIGINT, "
                                 "coalesce(error_message, '') FROM reject_errors ORDER BY 1, 2"));
    TRY(duck::each_row(std::move(rows), [&](const duck::Chunk& chunk, std::size_t row) {
        const auto offset = static_cast<std::uint64_t>(chunk.column(0).number<std::int64_t>(row));
        if (!rejects.empty() && rejects.back().offset == offset) {
            return;  // one row may be refused for several columns; the first says enough
        }
        const std::string message(chunk.column(2).text(row));
        const auto index = static_cast<std::size_t>(chunk.column(1).number<std::int64_t>(row));
        const bool of_column = message.find("unicode") != std::string::npos && index >= 1 &&
                               index <= dialect.names.size();
        rejects.push_back(Reject{offset,
                                 of_column ? dialect.names[index - 1] : std::string(),
                                 reject_reason(message, dialect.names.size())});
    }));
    TRY(stage.connection().execute("DROP TABLE reject_errors; DROP TABLE reject_scans"));
    return rejects;
}

/// Walks the file once, so that each refused record is said with its exact line, and every record
/// that DuckDB left out without a word is found too.
class LeftOut {
public:
    LeftOut(StagedTable& table, RowErrors& errors) : table_(table), errors_(errors) {}

    Status find(const std::vector<Reject>& rejects) {
        RecordReader::Options options = table_.record_options;
        options.text_bytes_max = 200;
        RecordReader reader = TRY(RecordReader::open(table_.plain_path, options));
        RowWalk walk(table_.shape);
        std::uint64_t taken = 0;
        auto reject = rejects.begin();
        while (TRY(reader.next())) {
            const Record& record = reader.record();
            if (!walk.is_row(record)) {
                continue;
            }
            const std::uint64_t end = record.offset + record.bytes;
            const Reject* mine = nullptr;
            while (reject != rejects.end() && reject->offset <= end) {
                mine = &*reject++;
            }
            if (const auto reason = reason_to_leave_out(record, mine)) {
                table_.left_out.push_back(record.offset);
                TRY(errors_.add(RowError{
                    .file = table_.file_name,
                    .line = record.line,
                    .column = record.open_quote || mine == nullptr ? std::string() : mine->column,
                    .value = reader.text(),
                    .reason = *reason}));
            } else {
                ++taken;
            }
        }
        return taken == table_.rows ? Status() : say_mismatch(taken);
    }

private:
    static std::optional<std::string> reason_to_leave_out(const Record& record,
                                                          const Reject* reject) {
        if (record.open_quote) {
            return fmt::format(
                "a quote is opened in this row and never closed, so that all {} bytes behind it "
                "count as one text",
                record.bytes);
        }
        if (reject != nullptr) {
            return reject->reason;
        }
        if (record.bytes > limits::line_bytes_max) {
            return fmt::format("the line is longer than {} bytes", limits::line_bytes_max);
        }
        return std::nullopt;
    }

    /// Then lines cannot be told; better to say so than to name wrong ones.
    Status say_mismatch(std::uint64_t taken) {
        table_.places = Places::Rows;
        return errors_.add(
            RowError{.file = table_.file_name,
                     .line = 0,
                     .reason = fmt::format("{} lines look like rows, but {} could be read; look at "
                                           "its quotes and line ends",
                                           taken,
                                           table_.rows)});
    }

    StagedTable& table_;
    RowErrors& errors_;
};

}  // namespace

Status stage_csv(Stage& stage, const Source& source, const fs::path& file, RowErrors& errors,
                 const StageProgress& progress) {
    const std::string file_name = file.filename().string();
    const Format format = TRY(find_format(source, file));
    const PlainFile plain =
        TRY(make_plain(file, source.text.encoding, stage.folder(), source.name + ".csv"));
    const Dialect dialect = TRY(find_dialect(source, format, plain, file_name));
    StagedTable table;
    table.source = source.name;
    table.file_name = file_name;
    table.places = Places::Records;
    table.texts = true;
    table.raw = fmt::format("raw.{}", duck::identifier(source.name));
    table.row_number = "rowid + 1";
    table.plain_path = plain.path;
    table.record_options = dialect.records;
    table.shape = RowShape{source.text.skip_lines, source.text.header, dialect.names.size() == 1};
    std::vector<std::string> columns;
    for (std::size_t at = 0; at < dialect.names.size(); ++at) {
        columns.push_back(fmt::format("c{} AS {}", at, duck::identifier(dialect.names[at])));
        table.columns.push_back(StagedColumn{dialect.names[at], "VARCHAR"});
    }
    const auto load = [&](bool strict) {
        return stage.run(fmt::format("CREATE TABLE {} AS SELECT {} FROM {}",
                                     table.raw,
                                     fmt::join(columns, ", "),
                                     read_csv_call(source, dialect, plain, strict)),
                         file_name,
                         progress);
    };
    Status loaded = load(true);
    if (!loaded && loaded.error().message.find("invalid state") != std::string::npos) {
        loaded = load(false);  // line ends of several kinds in one file: lawful to people, not to
                               // the standard
    }
    if (!loaded) {
        Error error = loaded.error();
        if (error.code == ErrorCode::InvalidInput) {
            error.message = fmt::format("{} cannot be read as CSV: {}",
                                        file_name,
                                        error.message.substr(0, error.message.find('\n')));
        }
        return error;
    }
    table.rows = TRY(stage.count_rows(table.raw));
    const std::vector<Reject> rejects = TRY(read_rejects(stage, dialect));
    TRY(LeftOut(table, errors).find(rejects));
    TRY(find_types(stage, source, table));
    return stage.add(std::move(table));
}

}  // namespace kokemus::intake
