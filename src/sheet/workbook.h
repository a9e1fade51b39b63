#pragma once

#include <string>

#include "answer/rows.h"
#include "base/result.h"

namespace kokemus::sheet {

inline constexpr std::string_view workbook_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A workbook (XLSX): on the sheet "Answer" the table under a head that stays in view, numbers as
/// numbers, shares as per cent, times as times; on the sheet "Origin" where it comes from. Texts
/// are texts whatever they begin with: nothing in it is calculated. Text longer than a cell may be
/// is cut, and ends in an ellipsis.
Result<std::string> to_workbook(const answer::Rows& table, const answer::Origin& origin);

}  // namespace kokemus::sheet
