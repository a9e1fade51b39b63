#include "app/note_here.h"

#include <vector>

#include "account/accounts_store.h"
#include "app/configuration.h"
#include "app/kept_records.h"
#include "base/clock.h"
#include "base/log.h"
#include "courier/event_store.h"

namespace kokemus::app {

namespace {

Result<KeptRecords> records_of(const CommandSettings& settings) {
    const Configuration configuration =
        TRY(read_configuration(settings.configuration, settings.data));
    return open_records(configuration, settings.data);
}

account::AuditEntry done_here(std::string_view action) {
    account::AuditEntry entry;
    entry.at = SystemClock().now();
    entry.actor = "operator";
    entry.action = action;
    return entry;
}

Status note(const CommandSettings& settings, std::span<account::AuditEntry> entries) {
    const KeptRecords kept = TRY(records_of(settings));
    const SystemClock clock;
    account::Accounts accounts(kept.records, clock, "Kokemus", kept.seal);
    return accounts.note(entries);
}

}  // namespace

Status note_here(const CommandSettings& settings, std::string_view action,
                 std::span<const std::string> customers) {
    std::vector<account::AuditEntry> entries;
    for (const std::string& customer : customers) {
        entries.push_back(done_here(action));
        entries.back().subject = account::audited_customer(customer);
    }
    return note(settings, entries);
}

Status note_here(const CommandSettings& settings, std::string_view action, std::string_view words) {
    account::AuditEntry entry = done_here(action);
    entry.note = words;
    return note(settings, std::span(&entry, 1));
}

Status note_reading_here(const CommandSettings& settings, std::string_view action,
                         const std::string& subject) {
    const Configuration configuration =
        TRY(read_configuration(settings.configuration, settings.data));
    if (!TRY(records_if_any(configuration, settings.data))) {
        return {};
    }
    account::AuditEntry entry = done_here(action);
    entry.subject = subject;
    return note(settings, std::span(&entry, 1));
}

void tell_here(const CommandSettings& settings, std::string_view type, std::string_view fields) {
    const auto keep = [&]() -> Status {
        const KeptRecords kept = TRY(records_of(settings));
        const courier::Event event{std::string(type), SystemClock().now(), std::string(fields)};
        return kept.records->change([&](records::Session& session) -> Status {
            TRY(courier::keep_event(session, event));
            return {};
        });
    };
    if (const Status kept = keep(); !kept) {
        log_warning("nobody is told of {}: {}", type, kept.error().message);
    }
}

}  // namespace kokemus::app
