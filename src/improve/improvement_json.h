#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "blueprint/blueprint.h"
#include "improve/look.h"
#include "improve/power_rules.h"
#include "improve/record.h"

// For .cpp files only: brings in Boost.JSON.
/// Improvements as JSON: as people send them, as the record keeps them, as the API shows them.
namespace kokemus::improve {

boost::json::object to_json(const Registration& registration);
boost::json::object to_json(const Power& power);
boost::json::object to_json(const Look& look);
boost::json::object to_json(const Entry& entry);

/// The whole of it; `looks` are without their pictures but the last.
boost::json::object to_json(const Improvement& improvement);

/// For lists.
boost::json::object head_json(const Improvement& improvement);

/// What was sent, put over `base`: members that are absent stay as they are there. Days are days of
/// the blueprint's time zone, the last one counted. InvalidInput names the member.
Result<Registration> read_registration(const boost::json::object& sent, Registration base,
                                       const blueprint::Blueprint& blueprint);

/// The members that `read_registration` knows.
bool is_registration_member(std::string_view name);

// What the record has kept; Corrupt when it is none.
Result<Registration> read_kept_registration(const boost::json::object& kept);
Result<Plan> read_plan(const boost::json::object& power);
Result<PastLook> read_past_look(const boost::json::object& look);

/// A member that is a text, or a list of texts; empty when it is absent.
std::string text_of(const boost::json::object& object, const char* name);
std::vector<std::string> texts_of(const boost::json::object& object, const char* name);

}  // namespace kokemus::improve
