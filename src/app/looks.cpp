#include "app/looks.h"

#include <map>

#include "account/accounts_store.h"

namespace kokemus::app {

namespace {

/// What somebody in the log was: a role, "key", "operator". Who is no user any more is "somebody".
std::string role_of(const account::Accounts& accounts, const std::string& actor) {
    if (actor.starts_with("key:")) {
        return "key";
    }
    if (actor == "operator" || actor == "nobody") {
        return actor;
    }
    const auto user = accounts.user(actor);
    return user ? std::string(account::role_name(user->role)) : "somebody";
}

}  // namespace

Looks looks_in_audit_log(const account::Accounts& accounts) {
    return
        [&accounts](
            std::span<const encounter::CustomerName> names) -> Result<std::vector<privacy::Look>> {
            account::AuditSought sought;
            for (const encounter::CustomerName& name : names) {
                for (std::string& subject : accounts.audit_names_of_customer(name.value())) {
                    sought.subjects.push_back(std::move(subject));
                }
            }
            std::vector<privacy::Look> looks;
            std::map<std::string, std::string> roles;
            for (account::AuditEntry& entry : TRY(accounts.audit(sought, looks_max))) {
                auto& role = roles[entry.actor];
                if (role.empty()) {
                    role = role_of(accounts, entry.actor);
                }
                looks.push_back({entry.at, role, std::move(entry.action)});
            }
            return looks;
        };
}

}  // namespace kokemus::app
