#pragma once

#include <string>

#include "answer/rows.h"
#include "base/result.h"

namespace kokemus::sheet {

inline constexpr std::string_view parquet_type = "application/vnd.apache.parquet";

/// The table as Parquet: texts, whole numbers, doubles, instants in milliseconds (UTC) and
/// truth values, absent ones null; where it comes from as metadata of the file. A table without
/// columns has one, "nothing", and no rows.
Result<std::string> to_parquet(const answer::Rows& table, const answer::Origin& origin);

}  // namespace kokemus::sheet
