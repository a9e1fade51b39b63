#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "timeline/part.h"

namespace kokemus::timeline {

/// All encounters, in parts: a derived, read-only index over the ledger. A customer's encounters
/// are all in one part, the one where it is not `gone`. No answer depends on how customers are
/// spread over parts, nor on codes: ties are broken by texts.
///
/// Immutable after it is made and shared as `shared_ptr<const Timeline>`; so every function is
/// thread safe.
struct Timeline : Shared {
    std::vector<Part> parts;  ///< at least one; each carries this timeline's Shared

    /// Encounters, without those of customers that are gone.
    std::size_t rows() const { return living_rows; }

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

    std::size_t living_rows = 0;

    /// What columns, dictionaries and indexes take.
    std::size_t bytes() const;

    /// Everything but the blueprint, byte by byte.
    bool same_columns(const Timeline& other) const;
};

}  // namespace kokemus::timeline
