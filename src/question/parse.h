#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "blueprint/blueprint.h"
#include "question/factor.h"
#include "question/question.h"

namespace kokemus::question {

/// Reads a question in the grammar of docs/questions.md. Names of metrics, journeys, promises and
/// dimensions are held against the blueprint; plain days are days of its time zone.
///
/// Fails with `Error::column` set and a message for the reader that begins with it ("column 7:
/// there is no metric "nsp"; did you mean "nps"?"). Takes any bytes; time and memory are linear in
/// them.
Result<Question> parse_question(std::string_view text, const blueprint::Blueprint& blueprint);

/// Reads a filter alone: what may stand after `where`. Null for a text of blanks.
Result<ConditionPtr> parse_condition(std::string_view text, const blueprint::Blueprint& blueprint);

/// Reads factors apart by commas, as `format` spells them. None for a text of blanks.
Result<std::vector<Factor>> parse_factors(std::string_view text,
                                          const blueprint::Blueprint& blueprint);

/// Reads what is to be explained, as `format_outcome` spells it: a metric, `experience`, `if (...)`
/// or any factor that is a number.
Result<Factor> parse_outcome(std::string_view text, const blueprint::Blueprint& blueprint);

/// The text and, under it, a caret at the column, for terminals. Line breaks in the text show as
/// blanks.
std::string caret_lines(std::string_view text, int column);

}  // namespace kokemus::question
