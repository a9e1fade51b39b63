#pragma once

#include <memory>

#include "app/command.h"
#include "app/organisation.h"

namespace kokemus::account {
class Once;
}

namespace kokemus::app {

/// From now on no first answer that was kept for an Idempotency-Key outlives an erasure: any of
/// them may show who is erased, and they are sealed, so that nothing could find it in them.
void forget_first_answers(Organisation& organisation, std::shared_ptr<account::Once> once);

/// The same for a command that finishes erasures without a server, where there are records of the
/// data folder.
Status forget_first_answers_also(Organisation& organisation, const CommandSettings& settings);

}  // namespace kokemus::app
