#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "duck/appender.h"
#include "duck/duck.h"
#include "ledger/codes.h"
#include "ledger/ledger.h"
#include "ledger/row_bytes.h"

/// How an encounter lies in the table `encounter`: the one place that knows its columns.
namespace kokemus::ledger {

/// The columns that `RowReader` reads, for SELECT from the table called `e`.
std::string_view encounter_columns();

/// The columns of the table, in its order.
std::span<const duck::ColumnType> encounter_column_types();

/// A row of a chunk that was selected with `encounter_columns()`; its texts point into the chunk.
RawRow raw_row(std::span<const duck::Column> columns, std::size_t row);

/// Texts that stay where they are as long as this object lives.
class TextArena {
public:
    std::string_view keep(std::string_view text);

    /// Of all texts.
    std::size_t bytes() const { return bytes_; }

private:
    std::size_t bytes_ = 0;
    std::vector<std::unique_ptr<char[]>> blocks_;
    char* free_ = nullptr;
    std::size_t free_bytes_ = 0;
};

/// Encounters laid out for the table, all but their numbers. Whoever adds holds `codes.mutex`.
class RowWriter {
public:
    explicit RowWriter(Codes& codes) : codes_(codes) {}

    void put(const encounter::Encounter& encounter);

    std::size_t size() const { return rows_; }

    /// Of the texts that do not fit into their cells.
    std::size_t text_bytes() const { return texts_.bytes(); }

    /// Gives the rows their numbers, from `first` on.
    void give_numbers(std::uint64_t first);

    std::vector<duck::ChunkBuilder>& chunks() { return chunks_; }
    const std::vector<duck::ChunkBuilder>& chunks() const { return chunks_; }

    /// Where a chunk has the customers' codes.
    static constexpr std::size_t customer_column = 1;

    /// The chunk with a row, and the row's place in it.
    const duck::ChunkBuilder& chunk(std::size_t row) const;
    static std::size_t place(std::size_t row);

private:
    void put_text(std::size_t column, std::string_view text);
    void put_number(std::size_t column, const std::optional<double>& number);
    void put_due(std::size_t column, const encounter::Encounter& encounter);
    std::uint32_t customer_code(const std::string& name);

    Codes& codes_;
    TextArena texts_;
    std::vector<duck::ChunkBuilder> chunks_;
    std::size_t rows_ = 0;
    std::size_t row_ = 0;  ///< of the one being put, in the last chunk

    // Neighbours are often of one customer.
    std::string last_customer_;
    std::uint32_t last_customer_code_ = 0;
};

/// Reads entries out of chunks that were selected with `encounter_columns()`.
class RowReader {
public:
    explicit RowReader(const Codes& codes) : codes_(codes) {}

    /// Makes `entries` the rows of the chunk, reusing their memory; without those of customers who
    /// were erased since.
    Status read(std::span<const duck::Column> columns, std::size_t size,
                std::vector<Entry>& entries);

    /// One row.
    Status read_row(std::span<const duck::Column> columns, std::size_t row, Entry& into);

    /// The same of one that was read elsewhere; false when its customer was erased.
    Result<bool> read_row(const RawRow& row, Entry& into);

private:
    Status spell(const CustomerNames::Reader& names, const RawRow& row, Entry& entry);
    Status read_setting(std::uint32_t code, encounter::Encounter& into);
    Status read_due(std::string_view text, std::map<std::string, Instant>& due);
    const std::string* name(std::uint32_t code);

    const Codes& codes_;
    std::vector<const std::string*> names_;  ///< saves the lock of Names
    std::vector<const Setting*> settings_;   ///< and of Settings
};

}  // namespace kokemus::ledger
