#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

/// A thin, owning layer over DuckDB's C API: database, connection, statement, result, chunk. No
/// SQL of its own. Errors carry DuckDB's words; what it says of full disks and failed writes is
/// told apart by the code.
namespace kokemus::duck {

struct Options {
    std::uint64_t memory_bytes = 1ULL
                                 << 30U;  ///< of DuckDB's buffers; beyond it, it spills or fails
    int threads = 1;
    /// Folder for spilling sorts; empty: none, a query that needs more memory fails.
    std::filesystem::path temporary_folder = {};
    /// Further settings of DuckDB, name and value.
    std::vector<std::pair<std::string, std::string>> settings = {};
};

class Connection;

/// An open database. Thread safe. Closes when it and its connections are gone.
class Database {
public:
    /// Opens or creates the file; an empty path is a database in memory.
    static Result<Database> open(const std::filesystem::path& path, const Options& options);

    Result<Connection> connect() const;

private:
    struct Closer {
        void operator()(void* database) const;
    };
    explicit Database(void* database) : database_(database) {}

    std::unique_ptr<void, Closer> database_;
};

/// How one column of a chunk lies in memory. Valid as long as its chunk.
class Column {
public:
    bool is_null(std::size_t row) const {
        return validity_ != nullptr && ((validity_[row / 64] >> (row % 64)) & 1U) == 0;
    }

    /// The value as DuckDB keeps it (BIGINT: std::int64_t, TIMESTAMP: microseconds...). The width
    /// is the caller's promise.
    template <typename T>
    T number(std::size_t row) const {
        T out;
        std::memcpy(&out, static_cast<const char*>(values_) + row * sizeof(T), sizeof(T));
        return out;
    }

    /// VARCHAR or BLOB; points into the chunk.
    std::string_view text(std::size_t row) const {
        const char* cell = static_cast<const char*>(values_) + row * 16;
        std::uint32_t size = 0;
        std::memcpy(&size, cell, sizeof(size));
        if (size <= 12) {
            return {cell + 4, size};
        }
        const char* heap = nullptr;
        std::memcpy(&heap, cell + 8, sizeof(heap));
        return {heap, size};
    }

    /// LIST or MAP: where the row's elements begin in `child()`, and how many there are.
    struct Span {
        std::uint64_t offset = 0;
        std::uint64_t length = 0;
    };
    Span list(std::size_t row) const { return number<Span>(row); }

    /// Elements of a LIST; of a MAP a STRUCT with key and value.
    Column child() const;

    /// Member of a STRUCT.
    Column field(std::size_t index) const;

private:
    friend class Chunk;
    friend class ChunkBuilder;
    explicit Column(void* vector);

    void* vector_ = nullptr;
    const void* values_ = nullptr;
    const std::uint64_t* validity_ = nullptr;
};

/// Some rows of a result.
class Chunk {
public:
    std::size_t size() const { return size_; }
    Column column(std::size_t index) const;
    std::vector<Column> columns() const;

private:
    friend class Rows;
    struct Closer {
        void operator()(void* chunk) const;
    };
    explicit Chunk(void* chunk);

    std::unique_ptr<void, Closer> chunk_;
    std::size_t size_ = 0;
};

/// The rows of a query, chunk by chunk.
class Rows {
public:
    /// The next rows; nothing at the end.
    Result<std::optional<Chunk>> next();

    std::size_t column_count() const;
    std::string column_name(std::size_t index) const;
    int column_type(std::size_t index) const;  ///< a DUCKDB_TYPE of duckdb.h
    std::uint64_t rows_changed() const;        ///< by an INSERT, UPDATE or DELETE

    /// For queries whose answer is one row at most: its first column, absent when there is no row
    /// or it is NULL.
    Result<std::optional<std::int64_t>> one_number() &&;
    Result<std::optional<std::string>> one_text() &&;

private:
    friend class Connection;
    friend class Statement;
    struct Held;
    struct Closer {
        void operator()(Held* held) const;
    };
    explicit Rows(std::unique_ptr<Held, Closer> held);

    std::unique_ptr<Held, Closer> held_;
};

/// A prepared statement; parameters are numbered from 1. Keep its connection alive.
class Statement {
public:
    void bind(std::size_t parameter, std::string_view text);
    void bind(std::size_t parameter, std::int64_t number);
    void bind(std::size_t parameter, std::uint64_t number);
    void bind(std::size_t parameter, double number);
    void bind_null(std::size_t parameter);

    /// Runs it; all rows are held in memory.
    Result<Rows> run();

    /// Runs it and fetches rows as they are asked for. The connection does nothing else until the
    /// rows are gone.
    Result<Rows> stream();

private:
    friend class Connection;
    struct Closer {
        void operator()(void* statement) const;
    };
    explicit Statement(void* statement) : statement_(statement) {}

    std::unique_ptr<void, Closer> statement_;
};

/// A session. One thread at a time, but for `interrupt`.
class Connection {
public:
    /// `kept` lives at least as long as this: who else holds it can tell that somebody is
    /// connected.
    void keep(std::shared_ptr<const void> kept) { kept_ = std::move(kept); }

    /// Runs one or more statements, without rows.
    Status execute(std::string_view sql);
    Result<Rows> query(std::string_view sql);
    Result<Statement> prepare(std::string_view sql);

    /// Stops what runs on it, from any thread; that ends with Cancelled.
    void interrupt() const;

    /// For functions of duckdb.h that this layer does not wrap: a duckdb_connection.
    void* native() const { return connection_.get(); }

private:
    friend class Database;
    struct Closer {
        void operator()(void* connection) const;
    };
    explicit Connection(void* connection) : connection_(connection) {}

    std::shared_ptr<const void> kept_;  ///< before the connection, so that it goes after it
    std::unique_ptr<void, Closer> connection_;
};

/// `text` as an SQL string literal: 'it''s'.
std::string literal(std::string_view text);

/// `name` as an SQL identifier: "a ""b""".
std::string identifier(std::string_view name);

/// An error of DuckDB as ours; `type` is a duckdb_error_type.
Error to_error(int type, std::string_view message);

}  // namespace kokemus::duck
