#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "courier/done.h"
#include "courier/errand.h"
#include "courier/event.h"

namespace kokemus::records {
class Records;
}

namespace kokemus::courier {

/// What is to be sent, kept before any of it is sent: events as they are produced, spread over the
/// targets that want them, claimed for a try, and settled by what came of it. Thread safe.
class Outbox {
public:
    /// `records` has `courier_schema()`. The clock must outlive this.
    Outbox(std::shared_ptr<records::Records> records, const Clock& clock, NoteDone note);

    /// Keeps an event of its own transaction: on disk when this returns. Gives its id. Who changes
    /// records at the same time calls `keep_event` (event_store.h) in that transaction instead.
    Result<std::string> send(const Event& event);

    /// Gives back what another run of this program had claimed, where one server alone uses the
    /// store; with several, claims run out by themselves.
    Status begin();

    /// One turn, in one transaction: writes down what came of tries, spreads new events, and claims
    /// at most `room` deliveries for a try each.
    Result<std::vector<Errand>> turn(std::span<const std::pair<Errand, Outcome>> come_back,
                                     std::size_t room);

    /// Forgets what is long over, and switches off targets for which too much waits.
    Status tidy_up();

private:
    std::shared_ptr<records::Records> records_;
    const Clock& clock_;
    NoteDone note_;
};

}  // namespace kokemus::courier
