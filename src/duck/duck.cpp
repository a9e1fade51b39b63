#include "duck/duck.h"

#include <duckdb.h>
#include <fmt/format.h>

#include "base/check.h"

namespace kokemus::duck {

static_assert(sizeof(duckdb_string_t) == 16, "Column::text knows this layout");
static_assert(sizeof(duckdb_list_entry) == sizeof(Column::Span), "Column::list knows this layout");

namespace {

duckdb_connection raw(void* connection) {
    return static_cast<duckdb_connection>(connection);
}

std::string replace_all(std::string_view text, char what, std::string_view with) {
    std::string out;
    for (const char c : text) {
        if (c == what) {
            out += with;
        } else {
            out += c;
        }
    }
    return out;
}

bool mentions(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// DuckDB begins its messages with the class: "Binder Error: ...". The reader does not need it.
std::string_view without_class(std::string_view message) {
    const std::size_t end = message.find("Error: ");
    return end != std::string_view::npos && end < 40 ? message.substr(end + 7) : message;
}

ErrorCode code_of(int type, std::string_view message) {
    // A failed write says only "Could not write all bytes"; what the system said follows in words.
    const bool writes =
        type == DUCKDB_ERROR_IO || type == DUCKDB_ERROR_FATAL || type == DUCKDB_ERROR_TRANSACTION;
    if (writes && (mentions(message, "No space left") || mentions(message, "File too large") ||
                   mentions(message, "Disk quota"))) {
        return ErrorCode::DiskFull;
    }
    if (mentions(message, "Corrupt database file") || mentions(message, "checksum") ||
        mentions(message, "Could not read enough bytes") ||  // it was cut
        mentions(message, "not a valid DuckDB database file") ||
        type == DUCKDB_ERROR_SERIALIZATION) {
        return ErrorCode::Corrupt;
    }
    switch (type) {
        case DUCKDB_ERROR_IO:
        case DUCKDB_ERROR_FATAL:
        case DUCKDB_ERROR_OUT_OF_MEMORY:
        case DUCKDB_ERROR_TRANSACTION:
        case DUCKDB_ERROR_CONNECTION: return ErrorCode::Unavailable;
        case DUCKDB_ERROR_INTERRUPT: return ErrorCode::Cancelled;
        case DUCKDB_ERROR_INTERNAL: return ErrorCode::Internal;
        case DUCKDB_ERROR_PERMISSION: return ErrorCode::Forbidden;
        default: return ErrorCode::InvalidInput;
    }
}

Result<Rows> no_result(duckdb_result& result) {
    const char* message = duckdb_result_error(&result);
    Error error =
        to_error(duckdb_result_error_type(&result), message == nullptr ? "unknown error" : message);
    duckdb_destroy_result(&result);
    return error;
}

}  // namespace

Error to_error(int type, std::string_view message) {
    const ErrorCode code = code_of(type, message);
    std::string_view words = without_class(message);
    if (code == ErrorCode::DiskFull) {
        return {code, "the disk is full; free some space, then try again", std::string(message)};
    }
    if (code == ErrorCode::Corrupt) {
        return {code,
                fmt::format("the file is damaged, restore it from a backup ({})",
                            words.substr(0, words.find('\n'))),
                std::string(message)};
    }
    return {code, std::string(words), std::string(message)};
}

Result<Database> Database::open(const std::filesystem::path& path, const Options& options) {
    duckdb_config config = nullptr;
    if (duckdb_create_config(&config) != DuckDBSuccess) {
        return internal_error("DuckDB gave no configuration");
    }
    auto settings = options.settings;
    settings.emplace_back("memory_limit", fmt::format("{}B", options.memory_bytes));
    settings.emplace_back("threads", fmt::format("{}", options.threads));
    settings.emplace_back("temp_directory", options.temporary_folder.string());
    settings.emplace_back("autoinstall_known_extensions", "false");
    settings.emplace_back("autoload_known_extensions", "false");
    for (const auto& [name, value] : settings) {
        if (duckdb_set_config(config, name.c_str(), value.c_str()) != DuckDBSuccess) {
            duckdb_destroy_config(&config);
            return internal_error(
                fmt::format("DuckDB does not take the setting {} = {}", name, value));
        }
    }
    duckdb_database database = nullptr;
    char* message = nullptr;
    const std::string file = path.string();
    const auto state =
        duckdb_open_ext(path.empty() ? nullptr : file.c_str(), &database, config, &message);
    duckdb_destroy_config(&config);
    if (state != DuckDBSuccess) {
        const std::string words = message == nullptr ? "unknown error" : message;
        duckdb_free(message);
        return to_error(DUCKDB_ERROR_IO, words);
    }
    return Database(database);
}

Result<Connection> Database::connect() const {
    duckdb_connection connection = nullptr;
    if (duckdb_connect(static_cast<duckdb_database>(database_.get()), &connection) !=
        DuckDBSuccess) {
        return Error{ErrorCode::Unavailable, "DuckDB gave no connection"};
    }
    return Connection(connection);
}

void Database::Closer::operator()(void* database) const {
    auto* held = static_cast<duckdb_database>(database);
    duckdb_close(&held);
}

Column::Column(void* vector) : vector_(vector) {
    auto* held = static_cast<duckdb_vector>(vector);
    values_ = duckdb_vector_get_data(held);
    validity_ = duckdb_vector_get_validity(held);
}

Column Column::child() const {
    return Column(duckdb_list_vector_get_child(static_cast<duckdb_vector>(vector_)));
}

Column Column::field(std::size_t index) const {
    return Column(duckdb_struct_vector_get_child(static_cast<duckdb_vector>(vector_), index));
}

Chunk::Chunk(void* chunk)
    : chunk_(chunk),
      size_(duckdb_data_chunk_get_size(static_cast<duckdb_data_chunk>(chunk))) {}

Column Chunk::column(std::size_t index) const {
    return Column(
        duckdb_data_chunk_get_vector(static_cast<duckdb_data_chunk>(chunk_.get()), index));
}

std::vector<Column> Chunk::columns() const {
    std::vector<Column> out;
    const std::size_t count =
        duckdb_data_chunk_get_column_count(static_cast<duckdb_data_chunk>(chunk_.get()));
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back(column(i));
    }
    return out;
}

void Chunk::Closer::operator()(void* chunk) const {
    auto* held = static_cast<duckdb_data_chunk>(chunk);
    duckdb_destroy_data_chunk(&held);
}

struct Rows::Held {
    duckdb_result result{};
};

void Rows::Closer::operator()(Held* held) const {
    duckdb_destroy_result(&held->result);
    delete held;
}

Rows::Rows(std::unique_ptr<Held, Closer> held) : held_(std::move(held)) {}

Result<std::optional<Chunk>> Rows::next() {
    auto* chunk = duckdb_fetch_chunk(held_->result);
    if (chunk == nullptr) {
        const char* message = duckdb_result_error(&held_->result);
        if (message != nullptr && *message != '\0') {
            return to_error(duckdb_result_error_type(&held_->result), message);
        }
        return std::optional<Chunk>();
    }
    Chunk owned(chunk);
    if (owned.size() == 0) {
        return std::optional<Chunk>();
    }
    return std::optional<Chunk>(std::move(owned));
}

std::size_t Rows::column_count() const {
    return duckdb_column_count(&held_->result);
}

std::string Rows::column_name(std::size_t index) const {
    const char* name = duckdb_column_name(&held_->result, index);
    return name == nullptr ? std::string() : std::string(name);
}

int Rows::column_type(std::size_t index) const {
    return duckdb_column_type(&held_->result, index);
}

std::uint64_t Rows::rows_changed() const {
    return duckdb_rows_changed(&held_->result);
}

Result<std::optional<std::int64_t>> Rows::one_number() && {
    const bool is_wide =
        column_type(0) == DUCKDB_TYPE_BIGINT || column_type(0) == DUCKDB_TYPE_UBIGINT ||
        column_type(0) == DUCKDB_TYPE_TIMESTAMP_MS || column_type(0) == DUCKDB_TYPE_TIMESTAMP;
    CHECK(is_wide);
    const auto chunk = TRY(next());
    if (!chunk || chunk->column(0).is_null(0)) {
        return std::optional<std::int64_t>();
    }
    return std::optional(chunk->column(0).number<std::int64_t>(0));
}

Result<std::optional<std::string>> Rows::one_text() && {
    CHECK(column_type(0) == DUCKDB_TYPE_VARCHAR);
    const auto chunk = TRY(next());
    if (!chunk || chunk->column(0).is_null(0)) {
        return std::optional<std::string>();
    }
    return std::optional(std::string(chunk->column(0).text(0)));
}

namespace {

duckdb_prepared_statement raw_statement(void* statement) {
    return static_cast<duckdb_prepared_statement>(statement);
}

}  // namespace

// A parameter that does not exist is a bug of the caller, not of the input.
void Statement::bind(std::size_t parameter, std::string_view text) {
    CHECK(duckdb_bind_varchar_length(
              raw_statement(statement_.get()), parameter, text.data(), text.size()) ==
          DuckDBSuccess);
}

void Statement::bind(std::size_t parameter, std::int64_t number) {
    CHECK(duckdb_bind_int64(raw_statement(statement_.get()), parameter, number) == DuckDBSuccess);
}

void Statement::bind(std::size_t parameter, std::uint64_t number) {
    CHECK(duckdb_bind_uint64(raw_statement(statement_.get()), parameter, number) == DuckDBSuccess);
}

void Statement::bind(std::size_t parameter, double number) {
    CHECK(duckdb_bind_double(raw_statement(statement_.get()), parameter, number) == DuckDBSuccess);
}

void Statement::bind_null(std::size_t parameter) {
    CHECK(duckdb_bind_null(raw_statement(statement_.get()), parameter) == DuckDBSuccess);
}

Result<Rows> Statement::run() {
    auto held = std::unique_ptr<Rows::Held, Rows::Closer>(new Rows::Held);
    if (duckdb_execute_prepared(raw_statement(statement_.get()), &held->result) != DuckDBSuccess) {
        return no_result(held->result);
    }
    return Rows(std::move(held));
}

Result<Rows> Statement::stream() {
    duckdb_pending_result pending = nullptr;
    if (duckdb_pending_prepared_streaming(raw_statement(statement_.get()), &pending) !=
        DuckDBSuccess) {
        const std::string message =
            pending == nullptr ? "unknown error" : duckdb_pending_error(pending);
        duckdb_destroy_pending(&pending);
        return to_error(DUCKDB_ERROR_INVALID, message);
    }
    auto held = std::unique_ptr<Rows::Held, Rows::Closer>(new Rows::Held);
    const auto state = duckdb_execute_pending(pending, &held->result);
    duckdb_destroy_pending(&pending);
    if (state != DuckDBSuccess) {
        return no_result(held->result);
    }
    return Rows(std::move(held));
}

void Statement::Closer::operator()(void* statement) const {
    auto* held = raw_statement(statement);
    duckdb_destroy_prepare(&held);
}

Status Connection::execute(std::string_view sql) {
    TRY(query(sql));
    return {};
}

Result<Rows> Connection::query(std::string_view sql) {
    auto held = std::unique_ptr<Rows::Held, Rows::Closer>(new Rows::Held);
    if (duckdb_query(raw(connection_.get()), std::string(sql).c_str(), &held->result) !=
        DuckDBSuccess) {
        return no_result(held->result);
    }
    return Rows(std::move(held));
}

Result<Statement> Connection::prepare(std::string_view sql) {
    duckdb_prepared_statement statement = nullptr;
    const auto state = duckdb_prepare(raw(connection_.get()), std::string(sql).c_str(), &statement);
    Statement owned(statement);
    if (state != DuckDBSuccess) {
        const char* message = duckdb_prepare_error(statement);
        return to_error(DUCKDB_ERROR_INVALID, message == nullptr ? "unknown error" : message);
    }
    return owned;
}

void Connection::interrupt() const {
    duckdb_interrupt(raw(connection_.get()));
}

void Connection::Closer::operator()(void* connection) const {
    auto* held = raw(connection);
    duckdb_disconnect(&held);
}

std::string literal(std::string_view text) {
    return "'" + replace_all(text, '\'', "''") + "'";
}

std::string identifier(std::string_view name) {
    return "\"" + replace_all(name, '"', "\"\"") + "\"";
}

}  // namespace kokemus::duck
