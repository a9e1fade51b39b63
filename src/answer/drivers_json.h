#pragma once

#include "answer/drivers.h"
#include "answer/json_writer.h"

namespace kokemus::answer {

/// The members that the answer to `drivers` adds to the envelope (docs/answers.md).
void write_drivers(JsonWriter& json, const Drivers& drivers);

}  // namespace kokemus::answer
