#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "encounter/encounter.h"
#include "ledger/ledger.h"

namespace kokemus::privacy {

/// A promise that was made to the person, and what came of it.
struct Promised {
    encounter::EncounterId encounter;  ///< that made it
    std::string promise;
    Instant due{};
    std::string outcome;  ///< "kept", "late", "broken", "open", "at_risk"
    std::optional<Instant> kept_at = {};
};

/// Somebody who looked at what is kept of the person, or did something to it.
struct Look {
    Instant at{};
    std::string by;      ///< a role, "key", "operator"
    std::string action;  ///< "customer.read"
};

/// How long something is kept.
struct KeptFor {
    std::string what;              ///< "texts"
    std::optional<unsigned> days;  ///< none: until somebody erases it
};

/// Everything that is kept of one person: what they may ask for and take elsewhere.
struct CustomerCopy {
    Instant made_at{};
    std::vector<encounter::CustomerName> names;
    std::vector<encounter::Customer> customers;    ///< of each name that has traits
    std::vector<encounter::Encounter> encounters;  ///< of all names, in their order
    std::vector<ledger::TraitChange> changes;      ///< of the traits of all names
    /// What is said of the names, and of accounts that the person belongs to; nothing that names
    /// anybody else.
    std::vector<ledger::Asserted> said;

    // What the ledger does not hold; whoever makes the copy adds it.
    std::vector<Promised> promises = {};
    std::vector<KeptFor> kept_for = {};
    std::vector<Look> looks = {};  ///< newest first
};

/// Reads it from the ledger. NotFound when nothing is kept under any of the names.
Result<CustomerCopy> copy_of(const ledger::Ledger& ledger,
                             std::span<const encounter::CustomerName> names, Instant now);

/// For machines: the encounters as `POST /api/encounters` and `kokemus import` take them.
std::string to_json(const CustomerCopy& copy);

/// For people: one page that needs nothing else, in plain tables. Whatever the customer wrote is
/// shown as text.
std::string to_html(const CustomerCopy& copy);

}  // namespace kokemus::privacy
