#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "duck/duck.h"

namespace kokemus::duck {

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
        std::array<char, 16> cell{};
        const auto size = static_cast<std::uint32_t>(text.size());
        std::memcpy(cell.data(), &size, sizeof(size));
        if (size <= 12) {
            std::memcpy(cell.data() + 4, text.data(), size);
        } else {
            const char* heap = text.data();
            std::memcpy(cell.data() + 4, heap, 4);
            std::memcpy(cell.data() + 8, &heap, sizeof(heap));
        }
        std::memcpy(
            static_cast<char*>(values_[column]) + row_ * cell.size(), cell.data(), cell.size());
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
