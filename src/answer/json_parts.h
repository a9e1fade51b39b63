#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answer/answer.h"
#include "answer/json_writer.h"
#include "metric/compare.h"

/// The parts of answers as JSON (docs/answers.md), for whoever puts them together anew.
namespace kokemus::answer {

void write(JsonWriter& json, const Value& value);
void write(JsonWriter& json, const Seconds& seconds);
void write(JsonWriter& json, const Finding& finding);
void write(JsonWriter& json, const Withheld& withheld);
void write(JsonWriter& json, const question::Population& population);
void write(JsonWriter& json, const metric::Definition& definition);
void write(JsonWriter& json, const TrendPoint& point);
void write(JsonWriter& json, const PromiseRow& row);
void write(JsonWriter& json, const std::vector<std::string>& texts);

/// A change with its verdict; `high_is_good` decides better or worse.
void write(JsonWriter& json, const metric::Change& change, bool high_is_good);

/// RFC 3339, or null.
void write(JsonWriter& json, const std::optional<Instant>& time);

/// Whole or fractional seconds of a duration, or null.
void write_seconds(JsonWriter& json, const std::optional<Milliseconds>& duration);

/// A key with any of the above.
template <typename Part>
void write_member(JsonWriter& json, std::string_view name, const Part& part) {
    json.key(name);
    write(json, part);
}

}  // namespace kokemus::answer
