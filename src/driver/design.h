#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "question/factor.h"
#include "question/unit_table.h"

namespace kokemus::driver {

/// A number of every row that is looked at: of a factor itself, or whether it has one value.
struct Column {
    std::string value;  ///< of a text; else empty
    std::vector<double> numbers;
};

/// A factor made ready: one column, or one for each value of a text but its most frequent one.
struct Prepared {
    std::size_t place = 0;  ///< among the factors given
    std::vector<Column> columns;
    std::string usual_value;    ///< of a text: the most frequent, which the others are held against
    std::uint64_t missing = 0;  ///< units without it, among those with the outcome
    bool missing_as_zero =
        false;         ///< and they count as 0: nothing was late where nothing was promised
    double alone = 0;  ///< share of the outcome's variation that it explains by itself
};

enum class LeftOutFor {
    Constant,  ///< it is the same in all units, or nearly
    Missing,   ///< too many units lack it
    Repeats,   ///< it says what others say already
    TooMany,   ///< there are as many as can be told apart
};

struct LeftOut {
    std::size_t place = 0;
    LeftOutFor reason = LeftOutFor::Constant;
    std::string words;
};

/// Rows and columns of an analysis: what is left of a table.
struct Design {
    std::vector<Prepared> factors;
    std::vector<LeftOut> left_out;         ///< in the order given
    std::vector<std::uint32_t> rows;       ///< of the table, ascending
    std::vector<double> outcome;           ///< of these rows
    std::vector<std::uint64_t> customers;  ///< of these rows
    std::uint64_t customer_count = 0;
    std::uint64_t rows_missing = 0;  ///< units left out because a factor is missing

    std::size_t columns() const;
};

/// What `make_design` goes by.
struct DesignWish {
    const std::vector<question::Factor>& factors;  ///< columns of the table
    std::size_t first_column = 0;                  ///< the table's column of the first of these
    std::size_t outcome = 0;                       ///< the table's column of the outcome
    std::size_t factors_max = 0;
    /// Which come first where there are more than fit, or some repeat others: those that explain
    /// the most by themselves, else those given first.
    bool strongest_first = false;
};

/// Chooses rows and columns.
///
/// * `late` and `early` without a promise kept count as 0, and it is said.
/// * A factor missing in more than bounds allow is left out; units in which any other factor is
///   missing are left out, and counted. Nothing is made up.
/// * A text gets a column for each value that is frequent enough, rarer ones together as "other".
/// * A factor that hardly varies, or whose columns follow from those before it, is left out.
Design make_design(const question::UnitTable& table, const DesignWish& wish);

}  // namespace kokemus::driver
