#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "timeline/part.h"

namespace kokemus::timeline {

class PartTallies;

/// All encounters, in parts: a derived, read-only index over the ledger. A customer's encounters
/// are all in one part, the one where it is not `gone`. No answer depends on how customers are
/// spread over parts, nor on codes: ties are broken by texts.
///
/// Immutable after it is made and shared as `shared_ptr<const Timeline>`; so every function is
/// thread safe.
struct Timeline : Shared {
    std::vector<Part> parts;  ///< at least one; each carries this timeline's Shared

    /// Encounters, without those of customers that are gone.
    std::size_t rows() const { return rows_living; }

    /// Where one of `parts` stands among them.
    std::size_t place_of(const Part& part) const {
        return static_cast<std::size_t>(&part - parts.data());
    }

    /// The part and code where a customer lives; nothing when there is no such customer.
    struct Place {
        const Part* part = nullptr;
        Code customer = 0;
    };
    std::optional<Place> find_customer(std::string_view name) const;

    std::size_t rows_living = 0;

    /// Where counts over its parts are kept from one question to the next; null: nowhere. Thread
    /// safe, and no answer depends on it.
    std::shared_ptr<PartTallies> tallies;

    /// What columns, dictionaries and indexes take.
    std::size_t bytes() const;

    /// Everything but the blueprint, byte by byte.
    bool same_columns(const Timeline& other) const;
};

/// The first and the latest time of encounters; nothing without any.
struct TimeBounds {
    std::int64_t first = INT64_MAX;
    std::int64_t latest = INT64_MIN;

    bool empty() const { return first > latest; }

    void add(const TimeBounds& other) {
        first = std::min(first, other.first);
        latest = std::max(latest, other.latest);
    }
};

/// Of one customer of a part, and of all that live there: two look-ups a customer.
TimeBounds bounds_of(const Part& part, Code customer);
TimeBounds bounds_of_living(const Part& part);

/// Encounters of customers that live in the part.
std::size_t living_rows(const Part& part);

/// A timeline of these parts (at least one), whose codes are those of `shared`.
std::shared_ptr<const Timeline> make_timeline(Shared shared, const TimeBounds& bounds,
                                              std::vector<Part> parts,
                                              std::shared_ptr<PartTallies> tallies = nullptr);

}  // namespace kokemus::timeline
