#pragma once

#include <string>

#include "encounter/encounter.h"

namespace kokemus::ledger {

/// Says for the sender why `sent` was refused: which id was used before, when, and which fields
/// differ.
std::string conflict_reason(const encounter::Encounter& stored, const encounter::Encounter& sent);

}  // namespace kokemus::ledger
