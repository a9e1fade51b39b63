#include "intake/stage.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <utility>

#include <duckdb.h>
#include <fmt/format.h>

#include "base/file.h"
#include "base/parallel.h"
#include "base/text.h"

namespace kokemus::intake {

namespace {

namespace fs = std::filesystem;

Result<fs::path> make_temporary_folder(const fs::path& root) {
    std::error_code error;
    const fs::path above = root.empty() ? fs::temp_directory_path(error) : root;
    if (error) {
        return file_error("use the temporary folder", above, error.value());
    }
    TRY(make_folders(above));
    std::string pattern = (above / "kokemus-import-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        return file_error("make a temporary folder in", above, errno);
    }
    return fs::path(pattern);
}

/// Watches a running query from a thread of its own and stops it when the progress says so.
class QueryWatch {
public:
    QueryWatch(const duck::Connection& connection, std::string_view doing,
               const StageProgress& progress)
        : thread_([this, &connection, doing, &progress] { watch(connection, doing, progress); }) {}
    QueryWatch(const QueryWatch&) = delete;
    QueryWatch& operator=(const QueryWatch&) = delete;

    ~QueryWatch() {
        {
            const std::scoped_lock lock(mutex_);
            done_ = true;
        }
        wake_.notify_one();
        thread_.join();
    }

private:
    void watch(const duck::Connection& connection, std::string_view doing,
               const StageProgress& progress) {
        std::unique_lock lock(mutex_);
        while (!wake_.wait_for(lock, std::chrono::milliseconds(200), [this] { return done_; })) {
            const auto state =
                duckdb_query_progress(static_cast<duckdb_connection>(connection.native()));
            if (!progress(doing, state.percentage < 0 ? -1 : state.percentage / 100)) {
                connection.interrupt();
            }
        }
    }

    std::mutex mutex_;
    std::condition_variable wake_;
    bool done_ = false;
    std::thread thread_;
};

std::string in_schema(std::string_view schema, std::string_view name) {
    return fmt::format("{}.{}", schema, duck::identifier(name));
}

/// Columns for the map's queries: a value that does not fit its column's type is NULL.
std::string lenient_columns(const StagedTable& table) {
    std::vector<std::string> columns;
    for (const StagedColumn& column : table.columns) {
        const std::string name = duck::identifier(column.name);
        columns.push_back(table.is_cast(column)
                              ? fmt::format("TRY_CAST({} AS {}) AS {}", name, column.type, name)
                              : name);
    }
    return fmt::format("{}", fmt::join(columns, ", "));
}

/// Columns for the map's expressions: such a value fails, and how it was written is kept beside it.
std::string strict_columns(const StagedTable& table) {
    std::vector<std::string> columns;
    for (const StagedColumn& column : table.columns) {
        const std::string name = duck::identifier(column.name);
        if (table.is_cast(column)) {
            columns.push_back(fmt::format("CAST({} AS {}) AS {}", name, column.type, name));
            columns.push_back(
                fmt::format("{} AS {}", name, duck::identifier(as_written(column.name))));
        } else {
            columns.push_back(name);
        }
    }
    return fmt::format("{}", fmt::join(columns, ", "));
}

}  // namespace

const StagedColumn* StagedTable::column(std::string_view name) const {
    const std::string wanted = lower(name);
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const StagedColumn& column) {
            return lower(column.name) == wanted;
        });
    return found == columns.end() ? nullptr : &*found;
}

Stage::Stage(fs::path folder, duck::Database database, duck::Connection connection)
    : folder_(std::move(folder)),
      database_(std::move(database)),
      connection_(std::move(connection)) {}

Stage::Stage(Stage&& other) noexcept
    : folder_(std::exchange(other.folder_, {})),
      database_(std::move(other.database_)),
      connection_(std::move(other.connection_)),
      tables_(std::move(other.tables_)),
      read_later_(std::move(other.read_later_)) {}

Stage::~Stage() {
    if (!folder_.empty()) {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
}

Result<Stage> Stage::open(const Options& options) {
    fs::path folder = TRY(make_temporary_folder(options.temporary_root));
    duck::Options settings{
        .memory_bytes = options.memory_bytes,
        .threads = options.threads > 0 ? options.threads : static_cast<int>(worker_count()),
        .temporary_folder = folder / "spill"};
    std::error_code error;
    const auto space = fs::space(folder, error);
    const std::uint64_t disk =
        options.disk_bytes > 0 || error ? options.disk_bytes : space.available / 10 * 9;
    if (disk > 0) {
        settings.settings.emplace_back("max_temp_directory_size", fmt::format("{}B", disk));
    }
    duck::Database database = TRY(duck::Database::open({}, settings));
    duck::Connection connection = TRY(database.connect());
    TRY(connection.execute(
        "CREATE SCHEMA raw; CREATE SCHEMA typed; SET enable_progress_bar = true; "
        "SET enable_progress_bar_print = false; SET preserve_insertion_order = true"));
    return Stage(std::move(folder), std::move(database), std::move(connection));
}

Status Stage::run(const std::string& sql, std::string_view doing, const StageProgress& progress) {
    if (!progress) {
        return connection_.execute(sql);
    }
    const QueryWatch watch(connection_, doing, progress);
    return connection_.execute(sql);
}

Status Stage::load(const Source& source, const fs::path& file, RowErrors& errors,
                   const StageProgress& progress) {
    switch (TRY(find_format(source, file))) {
        case Format::Csv:
        case Format::Tsv: return stage_csv(*this, source, file, errors, progress);
        case Format::JsonLines: return stage_json_lines(*this, source, file, errors, progress);
        case Format::Parquet: return stage_parquet(*this, source, file);
        case Format::Xes: return stage_xes(*this, source, file, progress);
    }
    return internal_error("a format without a reader");
}

Result<std::uint64_t> Stage::count_rows(const std::string& table) {
    duck::Rows counted = TRY(connection_.query(fmt::format("SELECT count(*) FROM {}", table)));
    return static_cast<std::uint64_t>(TRY(std::move(counted).one_number()).value_or(0));
}

Status Stage::add(StagedTable table) {
    if (table.rows == 0) {
        table.rows = TRY(count_rows(table.raw));
    }
    TRY(connection_.execute(fmt::format("CREATE VIEW {} AS SELECT {} FROM {}",
                                        in_schema("main", table.source),
                                        lenient_columns(table),
                                        table.raw)));
    TRY(connection_.execute(fmt::format("CREATE VIEW {} AS SELECT {}, {} AS __row FROM {}",
                                        in_schema("typed", table.source),
                                        strict_columns(table),
                                        table.row_number,
                                        table.raw)));
    std::string name = table.source;
    tables_.insert_or_assign(std::move(name), std::move(table));
    return {};
}

Status Stage::lock(const std::string& time_zone) {
    std::vector<std::string> readable;
    for (const fs::path& path : read_later_) {
        readable.push_back(duck::literal(path.string()));
    }
    // One thread from here on: queries then give their rows in the same order every time.
    return connection_.execute(
        fmt::format("SET threads = 1; SET TimeZone = {}; SET allowed_paths = [{}]; "
                    "SET enable_external_access = false; SET lock_configuration = true",
                    duck::literal(time_zone.empty() ? "UTC" : time_zone),
                    fmt::join(readable, ", ")));
}

const StagedTable* Stage::table(std::string_view source) const {
    const auto found = tables_.find(source);
    return found == tables_.end() ? nullptr : &found->second;
}

}  // namespace kokemus::intake
