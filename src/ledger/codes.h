#pragma once

#include <cstdint>
#include <mutex>

#include "base/result.h"
#include "ledger/customer_names.h"
#include "ledger/names.h"
#include "ledger/settings.h"

namespace kokemus::ledger {

/// Everything in an encounter that is kept as a code, and which of it is on disk. Codes are given
/// while batches are laid out and written with the first transaction that may need them; those of
/// a batch that was refused stay in memory and go with a later one.
///
/// Thread safety: who asks for new codes or saves them holds `mutex`; reading needs nothing.
struct Codes {
    /// All codes given so far.
    struct Mark {
        std::uint32_t names = 0;
        std::uint32_t settings = 0;
        std::uint32_t customers = 0;
    };

    Mark mark() const { return {names.next(), settings.next(), customers.next()}; }

    Status save(duck::Connection& connection, const Mark& mark) {
        TRY(names.save(connection, mark.names));
        TRY(settings.save(connection, mark.settings));
        return customers.save(mark.customers);
    }

    void saved(const Mark& mark) {
        names.saved(mark.names);
        settings.saved(mark.settings);
        customers.saved(mark.customers);
    }

    std::mutex mutex;
    Names names;
    Settings settings{names};
    CustomerNames customers;
};

}  // namespace kokemus::ledger
