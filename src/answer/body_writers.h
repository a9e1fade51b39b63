#pragma once

#include <string>

#include "answer/answer.h"
#include "answer/grid.h"
#include "answer/json_writer.h"

/// How the kinds of answer that have files of their own are written: the members of their JSON
/// object behind the envelope, and their table.
namespace kokemus::answer {

void write_members(JsonWriter& json, const Conformance& conformance);
std::string table_of(const Conformance& conformance, Colour colour);

void write_members(JsonWriter& json, const LeagueTable& table);
std::string table_of(const LeagueTable& table, Colour colour);

void write_members(JsonWriter& json, const Causes& causes);
std::string table_of(const Causes& causes, Colour colour);

}  // namespace kokemus::answer
