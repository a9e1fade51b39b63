#pragma once

#include <string>
#include <string_view>

#include "question/factor.h"
#include "question/question.h"

namespace kokemus::question {

/// The question in the canonical spelling of docs/questions.md; reading it again gives an equal
/// question. Answers use it for their own text and for every drill-down.
std::string format(const Question& question);

/// The same of a condition alone; "" for null.
std::string format(const ConditionPtr& condition);

/// A factor as it stands in a list of them.
std::string format(const Factor& factor);

/// The same as what is to be explained: a metric without quotes where it is a plain word.
std::string format_outcome(const Factor& outcome);

/// A name or value in quotes, as the grammar reads it back: 'the customer''s own'.
std::string quoted(std::string_view name);

/// The same without quotes where it reads as one plain word and no word of the grammar.
std::string spelled(std::string_view name);

}  // namespace kokemus::question
