#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "duck/duck.h"
#include "intake/import_map.h"
#include "intake/record_reader.h"
#include "intake/row_errors.h"

namespace kokemus::intake {

/// How the rows of a staged table are found again in their file.
enum class Places {
    /// row n is the n-th record that was taken; lines are counted in the file when they are needed
    Records,
    Stored,  ///< the table has a column with the line
    Rows,    ///< there are no lines, only rows
};

/// Which records of a text file are rows.
struct RowShape {
    std::uint64_t skip_records = 0;  ///< in front of everything, blank or not
    bool header = false;
    bool blank_rows = false;  ///< blank lines are rows too: in files of one column
};

/// Tells rows from the rest while the records of a file are walked in order.
class RowWalk {
public:
    explicit RowWalk(const RowShape& shape) : shape_(shape), header_left_(shape.header) {}

    bool is_row(const Record& record) {
        if (seen_++ < shape_.skip_records) {
            return false;
        }
        if (header_left_) {
            header_left_ = record.blank;
            return false;
        }
        return !record.blank || shape_.blank_rows;
    }

private:
    RowShape shape_;
    bool header_left_;
    std::uint64_t seen_ = 0;
};

struct StagedColumn {
    std::string name;
    std::string type;  ///< DuckDB's name of the type that expressions see
};

/// A source whose rows lie in the stage.
struct StagedTable {
    std::string source;
    std::string file_name;  ///< for messages; "source joined" for a query
    std::vector<StagedColumn> columns;
    std::uint64_t rows = 0;
    Places places = Places::Rows;
    bool texts = false;      ///< the values as written are kept beside the typed ones
    std::string raw;         ///< SQL name of the table with the values as written
    std::string row_number;  ///< SQL expression for the row's number (from 1) in `raw`

    // places == Records:
    std::filesystem::path plain_path;
    RecordReader::Options record_options = {};
    RowShape shape;
    std::vector<std::uint64_t> left_out;  ///< offsets of the records that are no rows, ascending

    const StagedColumn* column(std::string_view name) const;

    /// Whether expressions see the column as something else than it is written.
    bool is_cast(const StagedColumn& column) const { return texts && column.type != "VARCHAR"; }
};

/// The column of the typed view that holds the text of a cast column.
inline std::string as_written(std::string_view column) {
    return "__written " + std::string(column);
}

/// Called now and then with what is being done and how far it is (0..1, or less than 0 when
/// unknown); false stops.
using StageProgress = std::function<bool(std::string_view doing, double share)>;

/// A DuckDB database in memory, with a temporary folder of its own, in which the rows of the
/// sources wait. First our code loads them; then `lock` shuts every way to files and the network
/// for good; only then do expressions of the map run.
///
/// For every table there are: `raw` (as written), a view main."<source>" for the map's queries, in
/// which a value that does not fit its column's type is NULL, and a view typed."<source>" for the
/// map's expressions, in which such a value fails and which has the row's number as "__row" and,
/// for cast columns, their texts. Not thread safe.
class Stage {
public:
    struct Options {
        std::filesystem::path temporary_root;  ///< empty: the system's
        std::uint64_t memory_bytes = 2ULL << 30U;
        std::uint64_t disk_bytes = 0;  ///< 0: what is free, less a tenth
        int threads = 0;               ///< 0: the machine's
    };

    static Result<Stage> open(const Options& options);
    Stage(Stage&&) noexcept;
    Stage& operator=(Stage&&) = delete;
    ~Stage();  ///< removes the temporary folder

    /// Loads a source's file. Rows that cannot be read are added to `errors`.
    Status load(const Source& source, const std::filesystem::path& file, RowErrors& errors,
                const StageProgress& progress);

    /// No files, no network, no settings from here on; the sources stay. Times without an offset
    /// are of `time_zone`.
    Status lock(const std::string& time_zone);

    /// Runs the query of a source, after `lock`. `title` is how messages call the map.
    Status run_query(const Source& source, const std::string& title, RowErrors& errors,
                     const StageProgress& progress);

    const StagedTable* table(std::string_view source) const;

    duck::Connection& connection() { return connection_; }
    const std::filesystem::path& folder() const { return folder_; }

    /// Runs `sql` while calling `progress`; Cancelled when it says so.
    Status run(const std::string& sql, std::string_view doing, const StageProgress& progress);

    Result<std::uint64_t> count_rows(const std::string& table);

    /// Makes the two views over `table.raw` and keeps the table.
    Status add(StagedTable table);

private:
    Stage(std::filesystem::path folder, duck::Database database, duck::Connection connection);

    std::filesystem::path folder_;
    duck::Database database_;
    duck::Connection connection_;
    std::map<std::string, StagedTable, std::less<>> tables_;
    std::vector<std::filesystem::path> read_later_;  ///< files that stay readable after `lock`

    friend Status stage_parquet(Stage& stage, const Source& source,
                                const std::filesystem::path& file);
};

/// By the file's name and first bytes, where the map does not say.
Result<Format> find_format(const Source& source, const std::filesystem::path& file);

// One loader per format, each in a file of its own; `Stage::load` chooses.
Status stage_csv(Stage& stage, const Source& source, const std::filesystem::path& file,
                 RowErrors& errors, const StageProgress& progress);
Status stage_json_lines(Stage& stage, const Source& source, const std::filesystem::path& file,
                        RowErrors& errors, const StageProgress& progress);
Status stage_parquet(Stage& stage, const Source& source, const std::filesystem::path& file);
Status stage_xes(Stage& stage, const Source& source, const std::filesystem::path& file,
                 const StageProgress& progress);

/// Finds out the types of the columns of a table of texts from a sample of its rows; `types` of the
/// map go first.
Status find_types(Stage& stage, const Source& source, StagedTable& table);

}  // namespace kokemus::intake
