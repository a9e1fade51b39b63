#pragma once

#include <string>

#include "question/question.h"

namespace kokemus::question {

/// The question in the canonical spelling of docs/questions.md; reading it again gives an equal
/// question. Answers use it for their own text and for every drill-down.
std::string format(const Question& question);

/// The same of a condition alone; "" for null.
std::string format(const ConditionPtr& condition);

}  // namespace kokemus::question
