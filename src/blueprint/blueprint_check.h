#pragma once

#include <string>
#include <string_view>

#include "blueprint/blueprint_draft.h"

namespace kokemus::blueprint {

/// How a declaration is called in messages and in the draft: `journey "getting connected"`.
std::string label_of(std::string_view kind, std::string_view name);

/// `journey "getting connected", stage "choose"`
std::string stage_label(std::string_view journey, std::string_view stage);

/// Judges a blueprint as a whole, after all its parts were read: what is required, whether every
/// reference names something declared, what does not go together. Notes faults in the draft.
void check_draft(Draft& draft);

}  // namespace kokemus::blueprint
