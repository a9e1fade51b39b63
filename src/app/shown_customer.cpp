#include "app/shown_customer.h"

#include <fmt/format.h>

#include "account/door_api.h"
#include "app/sight.h"
#include "identity/whole_customer.h"
#include "ledger/at_hand.h"
#include "timeline/timeline.h"

namespace kokemus::app {

using encounter::CustomerName;

std::shared_ptr<const Snapshot> present_of(Organisation& organisation, const CustomerName& name) {
    auto present = organisation.present();
    ledger::Ledger& ledger = organisation.ledger();
    const ledger::AtHand& at_hand = ledger::at_hand_of(ledger);
    if (present == nullptr || present->blueprint != organisation.blueprint() ||
        present->identities->last_assertion() != ledger.last_assertion() ||
        at_hand.at_hand().encounters == 0) {
        return nullptr;
    }
    // Who is who may be ahead of the columns: then a name of theirs still stands by itself there,
    // or they do not stand there at all.
    const CustomerName customer = present->identities->customer_of(name);
    std::vector<CustomerName> names;
    for (identity::Identity& one : present->identities->names_of(name)) {
        const bool stands = present->timeline->find_customer(one.name.value()).has_value();
        if (stands != (one.name == customer)) {
            return nullptr;
        }
        names.push_back(std::move(one.name));
    }
    return at_hand.newest_of(names) <= present->last_number ? present : nullptr;
}

Result<question::Population> seen_of(const Snapshot& snapshot, const CustomerName& name,
                                     question::ConditionPtr where) {
    question::Question question;
    question.kind = question::Kind::Timeline;
    question.customer = name.value();
    question.where = std::move(where);
    question.limit = 1;
    return TRY(snapshot.engine->timeline(question)).population;
}

Result<bool> is_within_reach(const Snapshot& snapshot, const CustomerName& name,
                             const account::Person& person) {
    const question::ConditionPtr reach = within_reach(person);
    return reach == nullptr || TRY(seen_of(snapshot, name, reach)).encounters > 0;
}

Result<encounter::Customer> known_customer(Organisation& organisation,
                                           const identity::Identities& identities,
                                           const CustomerName& name) {
    const CustomerName customer = identities.customer_of(name);
    auto found =
        TRY(identity::whole_customers(organisation.ledger(), identities, std::span(&customer, 1)));
    return std::move(found.front());
}

Error no_such_customer(const CustomerName& name) {
    return not_found(fmt::format("there is no customer \"{}\"", name.value()));
}

Result<ShownCustomer> ShownCustomer::of(Organisation& organisation, const http::Request& request) {
    const CustomerName name(request.captures.at(0));
    ShownCustomer shown;
    shown.snapshot = present_of(organisation, name);
    if (shown.snapshot == nullptr) {
        shown.snapshot = TRY(organisation.refresh());
    }
    shown.identities = shown.snapshot->identities;
    shown.customer = TRY(known_customer(organisation, *shown.identities, name));
    const auto seen = TRY(seen_of(*shown.snapshot, shown.customer.name, nullptr));
    // Of traits that were removed the history is kept, and can be seen.
    const bool is_known = seen.encounters > 0 || !shown.customer.traits.empty() ||
                          !TRY(organisation.ledger().trait_changes(shown.names())).empty();
    const account::Person person = account::person_of(request);
    if (!is_known || !TRY(is_within_reach(*shown.snapshot, shown.customer.name, person))) {
        return no_such_customer(name);
    }
    return shown;
}

std::vector<CustomerName> ShownCustomer::names() const {
    std::vector<CustomerName> names;
    for (const identity::Identity& one : identities->names_of(customer.name)) {
        names.push_back(one.name);
    }
    return names;
}

}  // namespace kokemus::app
