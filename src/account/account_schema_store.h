#pragma once

#include "records/migration.h"

namespace kokemus::account {

/// The tables of people, sessions, keys and the audit log; app/ gives it to `Records::open`.
const records::Schema& account_schema();

}  // namespace kokemus::account
