#pragma once

#include "answer/json_writer.h"
#include "answer/promise_answers.h"

namespace kokemus::answer {

/// The members of these answers, inside an object that is open.
void write_members(JsonWriter& json, const Lateness& lateness);
void write_members(JsonWriter& json, const Foresight& foresight);

}  // namespace kokemus::answer
