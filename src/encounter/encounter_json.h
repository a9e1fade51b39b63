#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "encounter/encounter.h"

namespace boost::json {
class value;
}

namespace kokemus::encounter {

/// The wire form of an encounter: one JSON object with the fields of the `Encounter`, absent ones
/// left out:
///   {"id":"m1","customer":"anna@example.com","time":"2026-01-02T03:04:05Z","sequence":7,
///    "touchpoint":"order placed","channel":"web","department":"sales","employee":"e7",
///    "thread":"order 12","score":9,"scale":"nps","text":"quick",
///    "language":"en","value":49.9,"duration":120,"due":{"delivery":"2026-01-05T00:00:00Z"},
///    "properties":{"plan":"gold"},"time_clamped":true}
/// What is written and read again is equal. No line breaks inside, so that lines of it are JSON
/// lines.
std::string to_json(const Encounter& encounter);

/// Reads one object. Times are RFC 3339 text, or Unix seconds or milliseconds as a number; text
/// fields also take whole numbers; null is absent. Fails with the field's name and what to write
/// instead; an unknown field is such a fault. Checks types only: `check` of encounter/faults.h
/// holds the rest.
Result<Encounter> encounter_from_json(std::string_view json);
Result<Encounter> encounter_from_json(const boost::json::value& value);

/// {"customer":"anna@example.com","traits":{"plan":"gold"}}: the wire form of a customer, by the
/// same rules. Traits that are numbers or booleans keep their JSON spelling as text, null and ""
/// remove the trait.
std::string to_json(const Customer& customer);
Result<Customer> customer_from_json(std::string_view json);
Result<Customer> customer_from_json(const boost::json::value& value);

}  // namespace kokemus::encounter
