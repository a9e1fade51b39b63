#pragma once

#include "blueprint/blueprint.h"
#include "improve/improvement.h"

/// What a registration must hold to be one.
namespace kokemus::improve {

/// The registration with its names resolved against the blueprint: the metric's version, filters
/// and `per` as questions spell them, starts by unit's name, the earliest start. InvalidInput with
/// all that is wrong, a line each.
Result<Registration> checked(Registration registration, const blueprint::Blueprint& blueprint);

/// Members that differ, by their names in JSON.
std::vector<std::string> differences(const Registration& before, const Registration& after);

/// Whether a member may still be changed once the improvement has started: what says who looks
/// after it and how long it is looked at, and nothing that the evidence goes by.
bool may_change_after_start(const std::string& member);

}  // namespace kokemus::improve
