#pragma once

#include <vector>

#include "blueprint/blueprint.h"

namespace kokemus::blueprint {

/// The scales and metrics that exist without being declared; docs/blueprint.md lists them.
const std::vector<Scale>& built_in_scales();
const std::vector<Metric>& built_in_metrics();

/// Appends the built-in scales and metrics whose names are not declared. Doing it twice changes
/// nothing.
Blueprint with_built_ins(Blueprint declared);

/// Drops the built-in scales and metrics at the end of the lists that `with_built_ins` would append
/// again, so that what remains was declared: `with_built_ins(without_built_ins(b)) == b` for every
/// b that went through `with_built_ins`.
Blueprint without_built_ins(Blueprint whole);

}  // namespace kokemus::blueprint
