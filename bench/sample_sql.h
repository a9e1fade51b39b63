#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "blueprint/blueprint.h"

/// The remaining questions as SQL for DuckDB over the tables of duck_rows.h, each written as well
/// as we could: joins to the next row in time where DuckDB has them, hours before weeks. Lines as
/// in lines.h.
namespace kokemus::bench {

std::string variants_sql(std::size_t limit);

/// By week, of a metric of kind NPS on `scale`.
std::string trend_sql(const std::string& time_zone, const std::string& scale);

/// `filter` on the encounter that makes the promise; empty: none.
std::string promises_sql(const blueprint::Blueprint& blueprint, std::int64_t now,
                         const std::string& filter);

/// Switches of channel, then repeats within 7 days by topic.
std::string switches_sql(std::int64_t now, const std::string& filter);

}  // namespace kokemus::bench
