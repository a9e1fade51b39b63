#pragma once

#include <string>
#include <vector>

#include "answer_lines.h"
#include "timeline/timeline_engine.h"

namespace kokemus::bench {

/// One question of the benchmark.
struct Asked {
    std::string name = {};                    ///< in the table
    std::string text = {};                    ///< as one would ask it, without the filter
    sql::Detail detail = sql::Detail::Times;  ///< of a flow
    std::string filter = {};                  ///< after `where`, the same in SQL; empty: none
};

/// Every kind of question, each without a filter, with one on a dimension of the customers, and,
/// where it makes another loop, with one on the encounters themselves.
std::vector<Asked> questions_asked();

/// How long an answer took, the best of some tries, and what it said.
struct Timed {
    double wall_seconds = 0;
    double work_seconds = 0;  ///< of all threads, in the same try
    sql::Lines lines;
};

/// Asks the timeline. The spelling of the lines is not timed.
Result<Timed> ask_timeline(const timeline::TimelineEngine& engine, const Asked& asked, int repeats);

/// The question in SQL over the tables of duck_rows.h.
Result<std::string> query_of(const timeline::Timeline& timeline, const Asked& asked);

/// Bytes of the columns that the question cannot be answered without, all of them read once.
std::size_t bytes_needed(const timeline::Timeline& timeline, const Asked& asked);

}  // namespace kokemus::bench
