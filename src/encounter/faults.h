#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "encounter/assertion.h"
#include "encounter/encounter.h"

namespace kokemus::encounter {

/// What is wrong with one field, and what to write instead.
struct Fault {
    std::string field;   ///< as in the wire form: "customer", "due.delivery"
    std::string reason;  ///< for the reader, begins with "is", "has" or "needs": "is empty; ..."

    friend bool operator==(const Fault&, const Fault&) = default;
};

/// Every fault that keeps an encounter out of the ledger; empty when there is none. The id may be
/// absent here (it can be derived later), everything else must be as the ledger keeps it. Costs no
/// allocation when all is well.
std::vector<Fault> check(const Encounter& encounter);

/// The same for a customer with traits.
std::vector<Fault> check(const Customer& customer);

/// The same for what is said of two names.
std::vector<Fault> check(const Assertion& assertion);

/// "`customer` is empty; ...; `score` is not a finite number": all faults as one error.
Error to_error(const std::vector<Fault>& faults);

}  // namespace kokemus::encounter
