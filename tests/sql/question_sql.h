#pragma once

#include <string>
#include <vector>

#include "question/question.h"

/// Questions a second time, as SQL for DuckDB: what the differential tests hold the timeline
/// against over small ledgers, and the benchmarks over large ones. Each text reads a table or view
/// `lived`, one row per encounter that counts, and gives one column of lines as answer_lines.h
/// spells them.
///
/// Columns of `lived`: unit, customer, time (milliseconds), place (order within the unit),
/// touchpoint, channel, score, scale.
namespace kokemus::sql {

/// How much of a flow is counted.
enum class Detail {
    Counts,  ///< traversals of each edge
    Times,   ///< units, customers and the time between, too
};

/// `touchpoint_type`: the SQL type of the column, VARCHAR or an ENUM that knows START and END.
std::string flow(Detail detail, const std::string& touchpoint_type = "VARCHAR");

/// Every beginning, followed to the earliest encounter of each further step.
std::string funnel(const question::Question& question);

/// Of a metric of kind NPS; `scale` is its scale.
std::string breakdown(const question::Question& question, const std::string& scale);

/// ('a', 'b')
std::string in_list(const std::vector<std::string>& texts);

}  // namespace kokemus::sql
