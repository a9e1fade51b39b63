#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "duck/duck.h"

namespace kokemus::duck {

/// How DuckDB keeps a text: its size, then up to 12 bytes of it, or 4 bytes and a pointer to all.
struct TextCell {
    static constexpr std::size_t inline_bytes_max = 12;

    explicit TextCell(std::string_view text) {
        const auto size = static_cast<std::uint32_t>(text.size());
        std::memcpy(bytes.data(), &size, sizeof(size));
        if (size <= inline_bytes_max) {
            std::memcpy(bytes.data() + 4, text.data(), size);
        } else {
            const char* heap = text.data();
            std::memcpy(bytes.data() + 4, heap, 4);
            std::memcpy(bytes.data() + 8, &heap, sizeof(heap));
        }
    }

    std::array<char, 16> bytes{};
};

/// What a column of a ChunkBuilder holds.
struct ColumnType {
    enum class Holds { Whole32, Whole64, Double, TimestampMs, Text };
    enum class Nulls { Absent, Possible };

    Holds holds = Holds::Whole32;
    Nulls nulls = Nulls::Absent;
};

/// A DUCKDB_TYPE of duckdb.h.
int native_type(const ColumnType& type);

/// Rows laid out as DuckDB keeps them, to be appended later, on another thread if wanted. Texts are
/// not copied: they must live until the chunk has been appended, and be UTF-8. Not thread safe.
class ChunkBuilder {
public:
    explicit ChunkBuilder(std::span<const ColumnType> types);
    ~ChunkBuilder();
    ChunkBuilder(ChunkBuilder&&) noexcept;
    ChunkBuilder& operator=(ChunkBuilder&&) = delete;

    void text(std::size_t column, std::size_t row, std::string_view text) {
        const TextCell cell(text);
        std::memcpy(static_cast<char*>(values_[column]) + row * sizeof(cell), &cell, sizeof(cell));
    }

    /// The width of T is the column's.
    template <typename T>
    void number(std::size_t column, std::size_t row, T value) {
        std::memcpy(static_cast<char*>(values_[column]) + row * sizeof(T), &value, sizeof(T));
    }

    /// Only of a column where nulls are possible.
    void null(std::size_t column, std::size_t row) {
        validity_[column][row / 64] &= ~(std::uint64_t{1} << (row % 64));
    }

    /// Rows that fit; the same for every chunk.
    static std::size_t rows_max();

    std::size_t size() const { return size_; }
    void set_size(std::size_t rows) { size_ = rows; }

    /// What was written, to read it again.
    std::vector<Column> columns() const;

    /// For functions of duckdb.h: a duckdb_data_chunk, whose own size is not kept up.
    void* native() const;

private:
    struct Held;
    std::unique_ptr<Held> held_;
    std::vector<void*> values_;
    std::vector<std::uint64_t*> validity_;  ///< null where nulls are not possible
    std::size_t size_ = 0;
};

/// Appends rows to a table chunk by chunk, the fastest way into DuckDB. Within the connection's
/// transaction; without one, rows are committed as DuckDB sees fit, so begin one.
///
///   appender.text(0, name);
///   appender.number<std::int64_t>(1, 7);
///   TRY(appender.end_row());
///   ...
///   TRY(appender.finish());
///
/// Texts are not copied before the chunk is full: they must live until `finish`, and be UTF-8.
/// Every column of every row must be set. Not thread safe. After an error only destruction makes
/// sense.
class Appender {
public:
    static Result<Appender> open(Connection& connection, const std::string& table);
    ~Appender();
    Appender(Appender&&) noexcept;
    Appender& operator=(Appender&&) = delete;

    void text(std::size_t column, std::string_view text) {
        const TextCell cell(text);
        std::memcpy(static_cast<char*>(values_[column]) + row_ * sizeof(cell), &cell, sizeof(cell));
    }

    /// The value as DuckDB keeps it; the width of T is the column's.
    template <typename T>
    void number(std::size_t column, T value) {
        std::memcpy(static_cast<char*>(values_[column]) + row_ * sizeof(T), &value, sizeof(T));
    }

    void null(std::size_t column) {
        validity_[column][row_ / 64] &= ~(std::uint64_t{1} << (row_ % 64));
    }

    /// A MAP(VARCHAR, VARCHAR). Its texts are copied.
    void map(std::size_t column, const std::map<std::string, std::string>& entries);

    Status end_row();

    /// Appends a whole chunk behind the rows so far. Its texts may go once `finish` was called.
    Status append(ChunkBuilder& chunk);

    /// Hands over the rest. At most once, before the transaction is committed.
    Status finish();

private:
    struct Held;
    explicit Appender(std::unique_ptr<Held> held);
    Status flush();
    void begin_chunk();

    std::unique_ptr<Held> held_;
    std::vector<void*> values_;
    std::vector<std::uint64_t*> validity_;
    std::size_t row_ = 0;
    std::size_t rows_max_ = 0;
};

}  // namespace kokemus::duck
