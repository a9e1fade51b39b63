#include "courier/outbox_store.h"

#include "courier/event_store.h"
#include "courier/outbox_steps_store.h"
#include "records/records.h"

namespace kokemus::courier {

Outbox::Outbox(std::shared_ptr<records::Records> records, const Clock& clock, NoteDone note)
    : records_(std::move(records)),
      clock_(clock),
      note_(std::move(note)) {}

Result<std::string> Outbox::send(const Event& event) {
    return records_->change([&](records::Session& session) { return keep_event(session, event); });
}

Status Outbox::begin() {
    if (records_->address().dialect != records::Dialect::Sqlite) {
        return {};
    }
    return records_->change([](records::Session& session) { return release_claims(session); });
}

Result<std::vector<Errand>> Outbox::turn(std::span<const std::pair<Errand, Outcome>> come_back,
                                         std::size_t room) {
    const Instant now = clock_.now();
    // Looking costs little and changes nothing, and most of the time there is nothing.
    if (come_back.empty() && (room == 0 || !TRY(records_->read([&](records::Session& session) {
                                  return has_work(session, now);
                              })))) {
        return std::vector<Errand>();
    }
    return records_->change([&](records::Session& session) -> Result<std::vector<Errand>> {
        for (const auto& [errand, outcome] : come_back) {
            TRY(settle(session, errand, outcome, note_));
        }
        TRY(spread_events(session, now));
        return claim(session, now, room);
    });
}

Status Outbox::tidy_up() {
    const Instant now = clock_.now();
    return records_->change(
        [&](records::Session& session) { return courier::tidy_up(session, now, note_); });
}

}  // namespace kokemus::courier
