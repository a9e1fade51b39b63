#pragma once

#include "app/looks.h"
#include "app/organisation.h"
#include "app/retention.h"
#include "privacy/customer_copy.h"

namespace kokemus::app {

/// What a copy says beside what the ledger holds.
struct CopyGround {
    RetentionDays retention = {};
    Looks looks = no_looks;
};

/// What is kept of a person under all of their names, with what came of promises to them, how long
/// all is kept, and who looked at it; any of the names will do. NotFound when there is nothing.
Result<privacy::CustomerCopy> copy_of(Organisation& organisation,
                                      const encounter::CustomerName& name,
                                      const CopyGround& ground);

}  // namespace kokemus::app
