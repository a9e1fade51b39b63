#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "answer/answer.h"
#include "base/instant.h"

namespace kokemus::answer {

/// What a column of rows holds, and so how a spreadsheet shows it.
enum class Holds : std::uint8_t { Text, Count, Number, Share, Time, Flag };

struct Column {
    std::string name;
    Holds holds = Holds::Text;
};

/// Nothing, or what the column holds: a number of a column of shares or numbers is a double.
using Cell = std::variant<std::monostate, std::string, std::uint64_t, double, Instant, bool>;

/// An answer as a table, the same for every file made of it: the columns of docs/answers.md and a
/// row per line; of a flow its edges, of a funnel its steps. With `by`, the field's value is the
/// first column.
struct Rows {
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;
};

Rows rows_of(const Answer& answer);

/// What must stand beside such a table so that its numbers can be trusted later: the question, the
/// finding, how many customers and encounters, the definition of the metric, the methods of the
/// intervals, the time. Names and values in the order to be read.
using Origin = std::vector<std::pair<std::string, Cell>>;

Origin origin_of(const Answer& answer, Instant now);

}  // namespace kokemus::answer
