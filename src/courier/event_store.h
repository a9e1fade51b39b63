#pragma once

#include <string>

#include "courier/event.h"
#include "records/session.h"

namespace kokemus::courier {

/// Keeps an event in the transaction of whatever it tells of, so that it is sent if, and only if,
/// that happens; from there on it is the courier's. Gives its id, which receivers get as
/// `webhook-id`.
Result<std::string> keep_event(records::Session& session, const Event& event);

}  // namespace kokemus::courier
