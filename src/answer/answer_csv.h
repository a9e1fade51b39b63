#pragma once

#include <string>

#include "answer/answer.h"

namespace kokemus::answer {

/// The rows of the answer as CSV (RFC 4180, UTF-8, "\n"): a head line with the names of
/// docs/answers.md, then one line per row; of a flow its edges. With `by`, the field's value is the
/// first column. Numbers are written as in JSON; absent ones are empty.
/// Texts are cells as answer/safe_text.h has them.
std::string to_csv(const Answer& answer);

}  // namespace kokemus::answer
