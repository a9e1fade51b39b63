#pragma once

#include "answer_lines.h"

/// Answers as lines (tests/sql/answer_lines.h) for the questions whose SQL stands in sample_sql.h.
namespace kokemus::bench {

sql::Lines lines_of(const question::VariantCounts& counts);
sql::Lines lines_of(const question::PromiseCounts& counts);
sql::Lines lines_of(const question::SwitchCounts& counts);

/// The weeks that hold an encounter, by their first day in the time zone.
sql::Lines trend_lines(const question::SeriesCounts& counts, const std::string& time_zone);

}  // namespace kokemus::bench
