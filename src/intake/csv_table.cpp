#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "duck/each_row.h"
#include "intake/column_types.h"
#include "intake/csv_walk.h"
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

/// Reads the file into the table `raw`: in pieces on all threads, or from its beginning to its end.
enum class Reading { InPieces, InOrder };

/// DuckDB loses the row at the end of each buffer when a buffer holds only two of the longest
/// lines; with eight it does not. Longer ones, which are rare, are read in order.
constexpr std::size_t piece_line_bytes_max = 4 * 1024 * 1024;
constexpr std::size_t piece_bytes = 8 * piece_line_bytes_max;

struct Way {
    Reading reading = Reading::InPieces;
    bool strict = true;
};

std::string read_csv_call(const Source& source, const Dialect& dialect, const PlainFile& plain,
                          const Way& way) {
    std::vector<std::string> columns;
    for (std::size_t at = 0; at < dialect.names.size(); ++at) {
        columns.push_back(fmt::format("'c{}': 'VARCHAR'", at));
    }
    std::vector<std::string> missing = {"''"};
    for (const std::string& text : source.text.missing) {
        missing.push_back(duck::literal(text));
    }
    const bool in_order = way.reading == Reading::InOrder;
    return fmt::format(
        "read_csv({}, auto_detect = false, delim = {}, quote = {}, escape = {}, header = {}, skip "
        "= {}, columns = {{{}}}, "
        "nullstr = [{}], store_rejects = true, max_line_size = {}, buffer_size = {}, "
        "parallel = {}, strict_mode = {})",
        duck::literal(plain.path.string()),
        character(dialect.records.delimiter),
        character(dialect.records.quote),
        character(dialect.records.quote),
        source.text.header,
        source.text.skip_lines,
        fmt::join(columns, ", "),
        fmt::join(missing, ", "),
        in_order ? limits::line_bytes_max : piece_line_bytes_max,
        in_order ? 2 * limits::line_bytes_max + 1024 : piece_bytes,
        !in_order,
        way.strict);
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

Result<std::vector<CsvReject>> read_rejects(Stage& stage, const Dialect& dialect) {
    std::vector<CsvReject> rejects;
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
        rejects.push_back(CsvReject{offset,
                                    of_column ? dialect.names[index - 1] : std::string(),
                                    reject_reason(message, dialect.names.size())});
    }));
    TRY(stage.connection().execute("DROP TABLE reject_errors; DROP TABLE reject_scans"));
    return rejects;
}

/// One file on its way into the table.
class CsvFile {
public:
    CsvFile(Stage& stage, const Source& source, const PlainFile& plain, const Dialect& dialect)
        : stage_(stage),
          source_(source),
          plain_(plain),
          dialect_(dialect) {}

    /// Fills the table, anew if it is there, and gives the rows that were refused.
    Result<std::vector<CsvReject>> read(StagedTable& table, Reading reading,
                                        const StageProgress& progress) {
        Status loaded = load(table, reading, true, progress);
        if (!loaded && loaded.error().message.find("invalid state") != std::string::npos) {
            // Line ends of several kinds in one file: lawful to people, not to the standard.
            loaded = load(table, reading, false, progress);
        }
        if (!loaded) {
            Error error = loaded.error();
            if (error.code == ErrorCode::InvalidInput) {
                error.message = fmt::format("{} cannot be read as CSV: {}",
                                            table.file_name,
                                            error.message.substr(0, error.message.find('\n')));
            }
            return error;
        }
        table.rows = TRY(stage_.count_rows(table.raw));
        return read_rejects(stage_, dialect_);
    }

private:
    Status load(const StagedTable& table, Reading reading, bool strict,
                const StageProgress& progress) {
        std::vector<std::string> columns;
        for (std::size_t at = 0; at < dialect_.names.size(); ++at) {
            columns.push_back(fmt::format("c{} AS {}", at, duck::identifier(dialect_.names[at])));
        }
        return stage_.run(fmt::format("CREATE OR REPLACE TABLE {} AS SELECT {} FROM {}",
                                      table.raw,
                                      fmt::join(columns, ", "),
                                      read_csv_call(source_, dialect_, plain_, {reading, strict})),
                          table.file_name,
                          progress);
    }

    Stage& stage_;
    const Source& source_;
    const PlainFile& plain_;
    const Dialect& dialect_;
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
    for (const std::string& name : dialect.names) {
        table.columns.push_back(StagedColumn{name, "VARCHAR"});
    }
    CsvFile reader(stage, source, plain, dialect);
    auto rejects = TRY(reader.read(table, Reading::InPieces, progress));
    CsvWalk walk(table, errors);
    const CsvWalk::Counted counted = TRY(walk.count(rejects));
    // What goes wrong between two pieces is no fault of a row.
    const bool is_sure = rejects.empty() || plain.bytes < piece_line_bytes_max;
    if (counted.taken != table.rows || !is_sure) {
        rejects = TRY(reader.read(table, Reading::InOrder, progress));
    }
    if (counted.taken != table.rows || counted.left_out > 0) {
        TRY(walk.say(rejects));
    }
    TRY(find_types(stage, source, table));
    return stage.add(std::move(table));
}

}  // namespace kokemus::intake
