#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "courier/done.h"
#include "courier/errand.h"
#include "records/session.h"

// For *_store.cpp of this folder: what is done with the outbox, each in the transaction it is
// given.
namespace kokemus::courier {

/// Whether there is something to spread or to try now.
Result<bool> has_work(records::Session& session, Instant now);

/// Turns events into deliveries, in their order. An event that nobody wants is gone.
Status spread_events(records::Session& session, Instant now);

/// The next delivery of each of at most `most` targets that are on, not busy and not resting; the
/// one that waited longest comes first. They are ours until `bounds::claim_max` is over.
Result<std::vector<Errand>> claim(records::Session& session, Instant now, std::size_t most);

/// Writes down what came of it: done; to be tried again; given up; or the target switched off.
Status settle(records::Session& session, const Errand& errand, const Outcome& outcome,
              const NoteDone& note);

/// Gives back what another run of this program had claimed. For a store that one server alone uses.
Status release_claims(records::Session& session);

/// Forgets what is over since `bounds::kept_for`, and switches off targets for which too much
/// waits.
Status tidy_up(records::Session& session, Instant now, const NoteDone& note);

/// Switches a target off and says so: in the audit log, and as the event `target.disabled`.
Status switch_off(records::Session& session, std::string_view target, std::string_view reason,
                  Instant now, const NoteDone& note);

}  // namespace kokemus::courier
