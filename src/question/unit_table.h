#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "question/counts.h"
#include "question/factor.h"

namespace kokemus::question {

/// Most rows of a table, unless fewer are wished for.
inline constexpr std::size_t table_rows_max = 1'000'000;

/// Which table of units is wanted.
struct TableWish {
    std::vector<Factor> columns;

    /// The place among them of what is to be explained. Units without it have no row. Where it is
    /// read at encounters (a metric of scores, `experience`, `mean`), all other columns are
    /// measured on the unit's encounters up to the last of those: nothing that came later can be a
    /// cause.
    std::optional<std::size_t> outcome = {};

    std::size_t rows_max = table_rows_max;
};

/// What a factor was in every row: numbers, or texts as codes.
struct UnitColumn {
    std::vector<double> numbers;       ///< NaN where missing; empty of a category
    std::vector<std::uint32_t> codes;  ///< of a category: places in `texts`
    std::vector<std::string> texts;    ///< those that occur, ascending
};

/// One row a unit: rows by the hash of the customer, then in the customer's own order of units, so
/// that equal data give an equal table however it was made. Since hashes are random, the first rows
/// are those of customers drawn at random.
struct UnitTable {
    Population population;                 ///< of all units that count
    std::vector<std::uint64_t> customers;  ///< hash64 of the customer's name
    std::vector<std::int64_t> starts;      ///< of the unit, in milliseconds since 1970
    std::vector<UnitColumn> columns;       ///< as wished
    std::uint64_t with_outcome = 0;        ///< units that have it, in the table or not
    /// More rows than were wished for: only customers of whom one in so many (a power of 2) is
    /// drawn, by the hash, are in it; else 1.
    std::uint64_t one_of = 1;

    std::size_t rows() const { return customers.size(); }
};

}  // namespace kokemus::question
