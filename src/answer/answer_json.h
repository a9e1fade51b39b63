#pragma once

#include <string>

#include "answer/answer.h"

namespace kokemus::answer {

/// The answer as docs/answers.md describes it, in canonical bytes (answer/json_writer.h): equal
/// answers are equal bytes. Without a line end.
std::string to_json(const Answer& answer);

}  // namespace kokemus::answer
