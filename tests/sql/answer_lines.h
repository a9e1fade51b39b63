#pragma once

#include <string>
#include <vector>

#include "duck/duck.h"
#include "question/counts.h"
#include "question_sql.h"

/// Answers as lines of text, the same for the timeline's counts and for SQL. A word that begins
/// with ~ is a number that may differ by 1 % (quantiles come from logarithmic histograms); a number
/// from 2^53 on, which a double holds but roughly, may differ by 1e-12 of itself; all else is
/// compared letter by letter.
namespace kokemus::sql {

using Lines = std::vector<std::string>;

Lines lines_of(const question::FlowCounts& counts, Detail detail);

/// Steps that somebody reached.
Lines lines_of(const question::FunnelCounts& counts);

/// Of a breakdown by a metric of kind NPS: encounters, answers, twice their sum, promoters.
Lines lines_of(const question::SeriesCounts& counts);

/// The first column of all rows of a query, which must be text.
Result<Lines> lines_of(duck::Connection& connection, const std::string& query);

/// What differs, for the reader; empty when nothing does.
std::string difference(const Lines& actual, const Lines& expected);

}  // namespace kokemus::sql
