#pragma once

#include "app/organisation.h"
#include "privacy/customer_copy.h"

namespace kokemus::app {

/// What is kept of a person under all of their names; any of them will do. NotFound when there is
/// nothing.
Result<privacy::CustomerCopy> copy_of(Organisation& organisation,
                                      const encounter::CustomerName& name);

}  // namespace kokemus::app
