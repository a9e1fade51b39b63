#pragma once

#include <string>
#include <string_view>

#include "answer/answer.h"

namespace kokemus::answer {

/// The rows of the answer as CSV (RFC 4180, UTF-8, "\n"): a head line with the names of
/// docs/answers.md, then one line per row; of a flow its edges. With `by`, the field's value is the
/// first column. Numbers are written as in JSON; absent ones are empty.
///
/// No spreadsheet can be made to calculate: text that begins with = + - @, a tab or a carriage
/// return and is no number gets an apostrophe in front.
std::string to_csv(const Answer& answer);

/// One cell of text under these rules, quoted where it must be.
std::string csv_cell(std::string_view text);

}  // namespace kokemus::answer
