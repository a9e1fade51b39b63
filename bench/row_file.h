#pragma once

#include <filesystem>

#include "timeline/timeline.h"

namespace kokemus::bench {

/// Writes the encounters in order as rows of 28 bytes, the form RowBinary of ClickHouse (numbers
/// lowest byte first): customer UInt32, place UInt32, tick UInt32, time Int64, touchpoint UInt8,
/// channel UInt8, plan UInt8, scale UInt8, score Float32 (-1: none). A tick is a fortieth of a
/// second since the first encounter, because its windowFunnel takes times of 31 bits only. Beside
/// it `<path>.texts.json` with the texts of the codes, and the time zone of weeks.
Status write_row_file(const timeline::Timeline& timeline, const std::filesystem::path& path);

}  // namespace kokemus::bench
