#pragma once

#include "base/result.h"

namespace kokemus::duck {
class Connection;
}

namespace kokemus::ledger {

/// The version that this program writes.
int schema_version();

/// Brings the tables to `schema_version()`, each older version by its step, all in one
/// transaction. A newer one is refused with words and left as it is.
Status migrate(duck::Connection& connection);

}  // namespace kokemus::ledger
