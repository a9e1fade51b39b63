#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/duck_ledger.h"

namespace kokemus::ledger {

/// What a transaction about customers writes.
struct DuckLedger::Telling {
    using Traits = std::map<std::string, std::string>;

    struct Change {
        std::uint32_t customer = 0;
        const Traits* now = nullptr;
        const Traits* changed = nullptr;
    };

    Instant at{};
    std::string_view source;
    Codes::Mark mark;
    std::vector<Change> changes;       ///< by customer
    std::vector<std::uint32_t> known;  ///< those of them who had traits
    std::vector<Asserted> assertions;  ///< without their numbers
    std::deque<Traits> made;           ///< traits that were not sent as they are to be written
};

/// What an assertion is known by, so that it is kept once; in memory only.
std::uint64_t key_of(const encounter::Assertion& assertion);

/// A MAP of traits in a result.
std::map<std::string, std::string> read_traits(const duck::Column& traits, std::size_t row);

}  // namespace kokemus::ledger
