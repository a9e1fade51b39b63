#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "identity/identities.h"
#include "ledger/ledger.h"

namespace kokemus::identity {

/// One customer of what is known of several of its names (`known`, in any order): where two names
/// have the same trait, the one that comes first among `names` wins; of consents the newest word
/// does (consent::settle). It has the name of the first.
encounter::Customer whole_customer(std::span<const Identity> names,
                                   std::span<const encounter::Customer> known);

/// The customers that go by these names, with the traits of all their names. Fails as the ledger.
Result<std::vector<encounter::Customer>> whole_customers(
    const ledger::Ledger& ledger, const Identities& identities,
    std::span<const encounter::CustomerName> customers);

/// Reads what the ledger has of who is who up to an assertion. Fails as the ledger.
Status read_identities(const ledger::Ledger& ledger, std::uint32_t last_assertion,
                       Identities& identities);

}  // namespace kokemus::identity
