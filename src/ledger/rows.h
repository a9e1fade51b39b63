#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "duck/appender.h"
#include "duck/duck.h"
#include "ledger/ledger.h"
#include "ledger/names.h"

/// How an encounter lies in the table `encounter`: the one place that knows its columns.
namespace kokemus::ledger {

/// The columns that `RowReader` reads, for SELECT.
std::string_view encounter_columns();

/// Writes encounters into an open appender on the table `encounter`.
class RowWriter {
public:
    RowWriter(duck::Appender& appender, Names& names) : appender_(appender), names_(names) {}

    /// The encounter must live until the appender is finished.
    Status put(std::uint64_t number, std::uint64_t key, const encounter::Encounter& encounter);

private:
    void put_code(std::size_t column, const std::string& text);
    void put_text(std::size_t column, const std::string& text);
    void put_number(std::size_t column, std::optional<double> number);
    void put_due(std::size_t column, const encounter::Encounter& encounter);

    /// The last text and its code of each column: neighbours are often alike.
    struct Last {
        const std::string* text = nullptr;
        std::uint32_t code = 0;
    };

    duck::Appender& appender_;
    Names& names_;
    std::array<Last, 20> last_;
    std::deque<std::string> dues_;  ///< keeps the written dues alive
};

/// Reads entries out of chunks that were selected with `encounter_columns()`.
class RowReader {
public:
    explicit RowReader(const Names& names) : names_(names) {}

    /// Makes `entries` the rows of the chunk, reusing their memory.
    Status read(const duck::Chunk& chunk, std::vector<Entry>& entries);

private:
    const std::string& name(std::uint32_t code);
    Status read_due(std::string_view text, std::map<std::string, Instant>& due);

    const Names& names_;
    std::vector<const std::string*> known_;  ///< saves the lock of Names
};

}  // namespace kokemus::ledger
