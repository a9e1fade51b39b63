#pragma once

#include "records/migration.h"

namespace kokemus::courier {

/// The tables of targets, events, their deliveries, and mails.
const records::Schema& courier_schema();

}  // namespace kokemus::courier
