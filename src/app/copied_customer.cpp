#include "app/copied_customer.h"

#include "identity/identities.h"

namespace kokemus::app {

Result<privacy::CustomerCopy> copy_of(Organisation& organisation,
                                      const encounter::CustomerName& name) {
    const auto identities = TRY(organisation.refresh())->identities;
    std::vector<encounter::CustomerName> names;
    for (const identity::Identity& one : identities->names_of(name)) {
        names.push_back(one.name);
    }
    return privacy::copy_of(organisation.ledger(), names, SystemClock().now());
}

}  // namespace kokemus::app
