#include "app/note_here.h"

#include <vector>

#include "account/accounts_store.h"
#include "app/configuration.h"
#include "app/kept_records.h"
#include "base/clock.h"

namespace kokemus::app {

Status note_here(const CommandSettings& settings, std::string_view action,
                 std::span<const std::string> customers) {
    const Configuration configuration =
        TRY(read_configuration(settings.configuration, settings.data));
    const KeptRecords kept = TRY(open_records(configuration, settings.data));
    const SystemClock clock;
    account::Accounts accounts(kept.records, clock, "Kokemus", kept.seal);
    std::vector<account::AuditEntry> entries;
    for (const std::string& customer : customers) {
        account::AuditEntry& entry = entries.emplace_back();
        entry.at = clock.now();
        entry.actor = "operator";
        entry.action = action;
        entry.subject = account::audited_customer(customer);
    }
    return accounts.note(entries);
}

}  // namespace kokemus::app
