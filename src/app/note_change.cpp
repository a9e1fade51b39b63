#include "app/note_change.h"

#include <span>

#include "account/accounts_store.h"
#include "account/door_api.h"
#include "base/clock.h"

namespace kokemus::app {

NoteChange note_in_audit_log(account::Accounts& accounts, const Clock& clock) {
    return [&accounts, &clock](const http::Request& request,
                               std::string_view action,
                               std::string_view subject,
                               std::string_view note) {
        const account::Doer doer = account::doer_of(request);
        account::AuditEntry entry;
        entry.at = clock.now();
        entry.actor = doer.who;
        entry.address = doer.address;
        entry.action = action;
        entry.subject = subject;
        entry.note = note;
        return accounts.note(std::span(&entry, 1));
    };
}

}  // namespace kokemus::app
