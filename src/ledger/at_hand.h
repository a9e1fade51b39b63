#pragma once

#include <cstdint>
#include <span>

#include "encounter/encounter.h"

namespace kokemus::ledger {

class Ledger;

/// Single encounters and the traits of single customers, read from where they are found without a
/// search (rows_at_hand.h): for who shows customers, again and again.
class AtHand {
public:
    virtual ~AtHand() = default;

    /// From now on `Ledger::read_numbers`, `customer`, `customers` and `trait_changes` cost what
    /// they give, some microseconds a row, whatever else the ledger holds. Returns at once: a
    /// thread makes ready what is not yet, a microsecond a row, and until then the table is read.
    /// Before other threads use the ledger; once.
    virtual void keep_rows_at_hand() = 0;

    /// How far that has come.
    struct Standing {
        std::uint64_t encounters = 0;  ///< the number of the newest
        std::uint32_t changes = 0;     ///< of traits, likewise
    };
    virtual Standing at_hand() const = 0;

    /// At least the number of the newest encounter of these names that was acknowledged since
    /// `keep_rows_at_hand`, 0 for none: who has read up to it has all of them. Costs one look-up a
    /// name.
    virtual std::uint64_t newest_of(std::span<const encounter::CustomerName> names) const = 0;
};

/// Of the same ledger.
AtHand& at_hand_of(Ledger& ledger);

}  // namespace kokemus::ledger
