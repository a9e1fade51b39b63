#include "app/copied_customer.h"

#include "identity/identities.h"
#include "promise/outcome.h"

namespace kokemus::app {

namespace {

std::vector<privacy::Promised> promises_to(const privacy::CustomerCopy& copy,
                                           const Snapshot& snapshot) {
    std::vector<const encounter::Encounter*> encounters;
    for (const encounter::Encounter& one : copy.encounters) {
        encounters.push_back(&one);
    }
    std::vector<privacy::Promised> promises;
    for (auto& outcome : promise::judge(encounters, *snapshot.blueprint, snapshot.latest)) {
        promises.push_back({copy.encounters[outcome.made_at].id,
                            std::move(outcome.promise),
                            outcome.due,
                            std::string(promise::outcome_name(outcome.outcome)),
                            outcome.kept_at});
    }
    return promises;
}

}  // namespace

Result<privacy::CustomerCopy> copy_of(Organisation& organisation,
                                      const encounter::CustomerName& name,
                                      const CopyGround& ground) {
    const auto snapshot = TRY(organisation.refresh());
    std::vector<encounter::CustomerName> names;
    for (const identity::Identity& one : snapshot->identities->names_of(name)) {
        names.push_back(one.name);
    }
    auto copy = TRY(privacy::copy_of(organisation.ledger(), names, SystemClock().now()));
    copy.promises = promises_to(copy, *snapshot);
    const RetentionDays& days = ground.retention;
    copy.kept_for = {{"texts", days.texts},
                     {"properties", days.properties},
                     {"encounters", days.encounters},
                     {"traits", days.traits},
                     {"refused", days.refused}};
    copy.looks = TRY(ground.looks(names));
    return copy;
}

}  // namespace kokemus::app
