#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/instant.h"
#include "encounter/encounter.h"

namespace kokemus::ledger {

/// Whom to erase: all names of one person.
struct ErasureOrder {
    std::vector<encounter::CustomerName> customers;
    std::string by;      ///< who ordered it: an id of an account, or of a program
    std::string reason;  ///< free text, kept in the receipt: no personal data belong here
    Instant at{};
};

/// The receipt of an erasure. It holds no name: whoever knows one finds it by `digests`.
struct Erasure {
    std::uint64_t number = 0;  ///< 1, 2, 3... in the order in which they were ordered
    Instant ordered_at{};
    std::string ordered_by;
    std::string reason;
    std::vector<std::string> digests;    ///< of each name; see Erasing::digest_of
    std::uint64_t encounters = 0;        ///< removed from the ledger
    std::uint64_t texts = 0;             ///< of those, with words of the customer
    std::uint64_t traits = 0;            ///< names whose traits were removed
    std::optional<Instant> finished_at;  ///< when no byte was left in the data folder
    std::string remains;   ///< JSON: what was removed elsewhere, and what is not ours to rewrite
    std::string previous;  ///< seal of the receipt before; empty for the first
    std::string seal;      ///< over all of the above; empty until it is finished
};

/// Of a finished receipt: SHA-256 over its fields and the seal before, as hexadecimal digits.
std::string seal_of(const Erasure& erasure);

/// The number of the first receipt, of all in order, whose seal does not fit; nothing when the
/// chain is whole. Those that are not finished yet have no seal and must stand at the end.
std::optional<std::uint64_t> first_broken(std::span<const Erasure> erasures);

}  // namespace kokemus::ledger
