#pragma once

#include <cstddef>
#include <span>

#include "base/result.h"
#include "records/address.h"
#include "records/migration.h"

namespace kokemus::records {

/// How many steps `Records::open` would carry out to bring the tables to their last version; no
/// table is changed. Fails as it does, and NotFound for an SQLite file that is not there.
Result<std::size_t> steps_to_come(const Address& address, std::span<const Schema> schemas);

/// The same within a transaction.
Result<std::size_t> steps_to_come(Session& session, Dialect dialect,
                                  std::span<const Schema> schemas);

}  // namespace kokemus::records
