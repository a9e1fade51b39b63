#pragma once

#include <memory>

#include "account/user.h"
#include "app/organisation.h"
#include "http/message.h"
#include "identity/identities.h"
#include "question/counts.h"
#include "question/question.h"

namespace kokemus::app {

/// The customer whom a request names by any name, `{id}` of its route.
struct ShownCustomer {
    std::shared_ptr<const Snapshot> snapshot;
    std::shared_ptr<const identity::Identities> identities;
    encounter::Customer customer;  ///< under the name they go by, with the traits of all names

    /// NotFound where there is no such customer, or none whom this person may see.
    static Result<ShownCustomer> of(Organisation& organisation, const http::Request& request);

    /// All names of the customer.
    std::vector<encounter::CustomerName> names() const;
};

/// The present snapshot when it has all that was acknowledged of the customer, under any of their
/// names: nobody who shows them need wait for news of others. Nothing when it has not.
std::shared_ptr<const Snapshot> present_of(Organisation& organisation,
                                           const encounter::CustomerName& name);

/// How many encounters of the customer a condition holds for, and when.
Result<question::Population> seen_of(const Snapshot& snapshot, const encounter::CustomerName& name,
                                     question::ConditionPtr where);

/// Whether the customer was ever at a manager's departments, or served by an agent.
Result<bool> is_within_reach(const Snapshot& snapshot, const encounter::CustomerName& name,
                             const account::Person& person);

/// Whom the name belongs to, with the traits of all names.
Result<encounter::Customer> known_customer(Organisation& organisation,
                                           const identity::Identities& identities,
                                           const encounter::CustomerName& name);

Error no_such_customer(const encounter::CustomerName& name);

}  // namespace kokemus::app
