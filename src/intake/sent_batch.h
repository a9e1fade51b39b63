#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "encounter/encounter.h"

namespace kokemus::intake {

/// What a sender says of two names: evidence for whoever stitches customers together.
struct IdentityAssertion {
    enum class Evidence {
        SameMessage,  ///< one message named both: the cookie and the user
        Alias,        ///< an alias call: from now on the former is the latter
        Member,       ///< a group call: the former is a person of the account
    };
    encounter::CustomerName name;
    encounter::CustomerName other;
    Evidence evidence = Evidence::SameMessage;

    friend bool operator==(const IdentityAssertion&, const IdentityAssertion&) = default;
};

/// What one request of a collector protocol holds, item by item: ready for the ledger, or refused.
struct SentBatch {
    std::vector<encounter::Encounter> encounters;
    std::vector<std::size_t> places;  ///< of each of them among the items sent, from 0
    std::vector<encounter::Customer> customers;
    std::vector<IdentityAssertion> identities;

    struct Refusal {
        std::size_t index = 0;  ///< among the items sent, from 0
        std::string code;       ///< for machines: "no_user_anon_id"
        std::string reason;     ///< for the sender: what is wrong, what to write instead
        std::string item;       ///< the item as JSON, to be corrected; empty when it was too large
    };
    std::vector<Refusal> refused;

    struct Excluded {
        std::size_t index = 0;
        std::string rule;
    };
    std::vector<Excluded> excluded;

    std::size_t items = 0;
};

}  // namespace kokemus::intake
