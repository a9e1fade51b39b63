#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

/// Rows of the ledger as bytes, for a NumberedFile.
namespace kokemus::ledger {

/// An encounter as it lies in its table: codes where the table has codes, an empty text where it
/// has NULL.
struct RawRow {
    std::uint64_t number = 0;
    std::uint32_t customer = 0;
    std::int64_t milliseconds = 0;
    std::uint64_t sequence = 0;
    std::string_view id;
    std::uint32_t setting = 0;
    std::uint32_t employee = 0;
    std::string_view thread;
    std::optional<double> score;
    std::string_view text;
    std::optional<double> value;
    std::optional<double> duration_seconds;
    std::string_view due;
    std::string_view properties;
};

/// Appends all but the number.
void write_row(const RawRow& row, std::string& bytes);

/// What was written so; the texts point into `bytes`. Nothing when these are no such bytes.
std::optional<RawRow> read_row(std::uint64_t number, std::string_view bytes);

/// What was told of a customer's traits at once, as it lies in its table.
struct RawTraits {
    std::uint32_t number = 0;
    std::uint32_t customer = 0;
    Instant at{};
    std::string source;
    std::map<std::string, std::string> traits;
};

/// As `write_row` and `read_row`.
void write_traits(const RawTraits& told, std::string& bytes);
std::optional<RawTraits> read_traits(std::uint32_t number, std::string_view bytes);

}  // namespace kokemus::ledger
