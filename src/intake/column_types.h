#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokemus::intake {

/// What the texts of one column look like.
enum class Look { Empty, Whole, Number, Truth, Day, Time, Text };

/// Looks at the texts of one column and says what they are. Ids with leading zeros and numbers too
/// long to keep are text; only days and times written the ISO way count as such.
class ColumnLook {
public:
    void add(std::string_view text);

    std::uint64_t seen() const { return seen_; }

    /// What at least 99 of 100 values are; Text when they are of no one kind.
    Look look() const;

    /// Of the numbers seen.
    double least() const { return least_; }
    double largest() const { return largest_; }

private:
    std::uint64_t seen_ = 0;
    std::uint64_t whole_ = 0;
    std::uint64_t number_ = 0;  ///< whole ones included
    std::uint64_t truth_ = 0;
    std::uint64_t day_ = 0;
    std::uint64_t time_ = 0;
    std::uint64_t zoned_ = 0;
    bool leading_zero_ = false;
    double least_ = 0;
    double largest_ = 0;

    friend std::string duckdb_type(const ColumnLook& look);
};

/// The DuckDB type for such a column: BIGINT, DOUBLE, BOOLEAN, DATE, TIMESTAMP, TIMESTAMP WITH TIME
/// ZONE or VARCHAR.
std::string duckdb_type(const ColumnLook& look);

/// Column names as maps can use them: spaces around them trimmed, empty ones called "column 3", and
/// repeats (however spelled in upper and lower case) told apart by "_1", "_2"...
std::vector<std::string> usable_names(const std::vector<std::string>& header);

}  // namespace kokemus::intake
