#pragma once

#include <filesystem>
#include <string>

#include "duck/duck.h"
#include "timeline/timeline.h"

namespace kokemus::bench {

/// A database in memory that works on as many threads as we do and spills into `folder` when it
/// needs more than `memory_bytes`.
Result<duck::Database> open_duck(const std::filesystem::path& folder, std::uint64_t memory_bytes);

/// The timeline's encounters as DuckDB can best use them: in the same order, texts as ENUMs of one
/// byte, what the blueprint says of touchpoints and channels as columns, promises in a table of
/// their own.
///
/// encounters(customer, time, place, thread, touchpoint, channel, plan, kind, topic, contact,
/// score, scale); promised(customer, thread, place, promise, due, channel, plan); keeps(touchpoint,
/// promise).
Status fill_duck(duck::Connection& connection, const timeline::Timeline& timeline);

/// Makes `lived`, which questions are asked over: the encounters that the filter lets through.
Status filter_duck(duck::Connection& connection, const std::string& filter);

}  // namespace kokemus::bench
