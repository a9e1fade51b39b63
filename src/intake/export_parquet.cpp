#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <utility>

#include <duckdb.h>
#include <fmt/format.h>

#include "base/file.h"
#include "intake/export_writer.h"
#include "intake/stage.h"

namespace kokemus::intake {

namespace {

namespace fs = std::filesystem;

constexpr const char* encounter_columns =
    "id VARCHAR, customer VARCHAR, time TIMESTAMP WITH TIME ZONE, sequence UBIGINT, "
    "touchpoint VARCHAR, channel VARCHAR, department VARCHAR, employee VARCHAR, thread VARCHAR, "
    "score DOUBLE, scale VARCHAR, text VARCHAR, language VARCHAR, value DOUBLE, duration DOUBLE, "
    "due VARCHAR, properties VARCHAR, time_clamped BOOLEAN";
constexpr const char* customer_columns = "customer VARCHAR, traits VARCHAR";

/// Gathers the rows in a stage (which spills to disk) and lets DuckDB write the file from it.
class ParquetWriter final : public ExportWriter {
public:
    ParquetWriter(std::unique_ptr<Stage> stage, fs::path file)
        : stage_(std::move(stage)),
          file_(std::move(file)) {}

    Status begin(ExportOf of) {
        const char* columns = of == ExportOf::Customers ? customer_columns : encounter_columns;
        TRY(stage_->connection().execute(fmt::format("CREATE TABLE rows ({})", columns)));
        duckdb_appender appender = nullptr;
        const auto state =
            duckdb_appender_create(static_cast<duckdb_connection>(stage_->connection().native()),
                                   nullptr,
                                   "rows",
                                   &appender);
        appender_.reset(appender);
        return state == DuckDBSuccess ? Status() : Status(error());
    }

    Status write(const encounter::Encounter& one) override {
        using std::chrono::microseconds;
        text(one.id.value());
        text(one.customer.value());
        const auto time = std::chrono::duration_cast<microseconds>(one.time.time_since_epoch());
        duckdb_append_timestamp(appender_.get(), duckdb_timestamp{time.count()});
        duckdb_append_uint64(appender_.get(), one.sequence);
        text(one.touchpoint);
        text(one.channel);
        text(one.department);
        text(one.employee);
        text(one.thread.value());
        number(one.score);
        text(one.scale);
        text(one.text);
        text(one.language);
        number(one.value);
        number(one.duration_seconds);
        text(dues_as_json(one));
        text(one.properties);
        duckdb_append_bool(appender_.get(), one.time_clamped);
        return end_row();
    }

    Status write(const encounter::Customer& one) override {
        text(one.name.value());
        text(traits_as_json(one));
        return end_row();
    }

    Status commit() override {
        if (duckdb_appender_close(appender_.get()) != DuckDBSuccess) {
            return error();
        }
        // Beside its place first, so that a half-written file never stands there.
        const fs::path partial = file_.string() + ".partial";
        Status copied = stage_->connection().execute(fmt::format(
            "COPY rows TO {} (FORMAT parquet, COMPRESSION zstd)", duck::literal(partial.string())));
        std::error_code failed;
        if (!copied) {
            fs::remove(partial, failed);
            return copied;
        }
        TRY(sync(partial));
        fs::rename(partial, file_, failed);
        if (failed) {
            return file_error("write", file_, failed.value());
        }
        return sync_folder(fs::absolute(file_).parent_path());
    }

private:
    struct Closer {
        void operator()(duckdb_appender appender) const { duckdb_appender_destroy(&appender); }
    };

    static Status sync(const fs::path& path) {
        const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0 || ::fsync(file) != 0) {
            const int why = errno;
            ::close(file);
            return file_error("write", path, why);
        }
        ::close(file);
        return {};
    }

    void text(const std::string& value) {
        if (value.empty()) {
            duckdb_append_null(appender_.get());
        } else {
            duckdb_append_varchar_length(appender_.get(), value.data(), value.size());
        }
    }

    void number(std::optional<double> value) {
        if (value) {
            duckdb_append_double(appender_.get(), *value);
        } else {
            duckdb_append_null(appender_.get());
        }
    }

    Status end_row() {
        return duckdb_appender_end_row(appender_.get()) == DuckDBSuccess ? Status()
                                                                         : Status(error());
    }

    Error error() const {
        const char* message = duckdb_appender_error(appender_.get());
        return duck::to_error(DUCKDB_ERROR_IO, message == nullptr ? "unknown error" : message);
    }

    std::unique_ptr<Stage> stage_;
    fs::path file_;
    std::unique_ptr<_duckdb_appender, Closer> appender_;
};

}  // namespace

Result<std::unique_ptr<ExportWriter>> make_parquet_writer(const ExportOptions& options) {
    auto stage = std::make_unique<Stage>(
        TRY(Stage::open({.temporary_root = options.temporary_folder, .threads = 0})));
    auto writer = std::make_unique<ParquetWriter>(std::move(stage), options.file);
    TRY(writer->begin(options.of));
    return std::unique_ptr<ExportWriter>(std::move(writer));
}

}  // namespace kokemus::intake
