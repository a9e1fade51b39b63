#pragma once

#include "records/migration.h"

namespace kokemus::courier {

/// The tables of targets, events and their deliveries.
const records::Schema& courier_schema();

}  // namespace kokemus::courier
