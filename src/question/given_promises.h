#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "question/counts.h"

namespace kokemus::question {

/// One promise to one customer, what came of it, and what came after.
struct GivenPromise {
    std::uint64_t customer = 0;  ///< a hash of the name: equal for equal customers
    Instant made{};
    Instant due{};
    std::optional<Instant> kept;  ///< in time or late; none: not yet, or never
    /// Of the unit that holds the promise, -3..+3; none without a score
    std::optional<double> experience;
    /// Whether the customer made contact in `contact_window` after the due, the encounters that
    /// keep the promise left out; none while that time is not over
    std::optional<bool> contacted;
    std::uint32_t group = 0;   ///< place in `groups`
    std::uint32_t holder = 0;  ///< of one that is neither kept nor due: place in `holders`
};

/// Every giving of one promise that counts, by (customer, made, due).
struct GivenPromises {
    static constexpr Milliseconds contact_window = std::chrono::days(7);

    struct Holder {
        std::string customer;
        std::string thread;
    };

    Population population;
    Instant now{};                    ///< the ledger's latest time
    std::vector<std::string> groups;  ///< the values of `by`, ascending; one empty one without
    std::vector<Holder> holders;      ///< by the rows that name them
    std::vector<GivenPromise> rows;
    /// The rows are those of one of so many customers, drawn by their hashes: more than 1 where all
    /// would be more than `rows_max`
    std::uint64_t one_of = 1;

    static constexpr std::size_t rows_max = 4'000'000;
};

}  // namespace kokemus::question
