#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "blueprint/blueprint.h"
#include "question/filter.h"

namespace kokemus::question {

/// The field of this name: one of an encounter (in any case: `Channel`), a declared dimension
/// (exactly as declared), or `customer`.
std::optional<Field> find_field(std::string_view name, const blueprint::Blueprint& blueprint);

/// Every name that `find_field` finds, those of encounters first.
std::vector<std::string_view> field_names(const blueprint::Blueprint& blueprint);

/// score, value, duration and time are compared as numbers, all others as text.
bool is_number(const Field& field);

}  // namespace kokemus::question
