#include "timeline/ledger_comparison.h"

#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "identity/whole_customer.h"

namespace kokemus::timeline {

namespace {

/// A sum that does not depend on order: equal for the same encounters, and else by a chance of one
/// in 2^64.
struct Sum {
    std::uint64_t encounters = 0;
    std::uint64_t digest = 0;

    struct Seen {
        std::uint64_t number = 0;
        std::int64_t time = 0;
        std::string_view customer, touchpoint, employee, thread;
    };

    void add(const Seen& seen) {
        std::uint64_t hash = hash64(seen.customer, seen.number);
        hash = hash64(seen.touchpoint, hash + static_cast<std::uint64_t>(seen.time));
        hash = hash64(seen.employee, hash);
        digest += hash64(seen.thread, hash);
        ++encounters;
    }

    friend bool operator==(const Sum&, const Sum&) = default;
};

Sum sum_of(const Timeline& timeline) {
    Sum sum;
    for (const Part& part : timeline.parts) {
        for (Code customer = 0; customer < part.customer_count(); ++customer) {
            if (part.is_gone(customer)) {
                continue;
            }
            for (Row row = part.customer_offsets[customer];
                 row < part.customer_offsets[customer + 1];
                 ++row) {
                sum.add({part.number_of(row),
                         part.time[row],
                         part.customers.text(customer),
                         timeline.touchpoints.text(part.touchpoint[row]),
                         timeline.employees.text(part.employee[row]),
                         part.threads.text(part.thread[row])});
            }
        }
    }
    return sum;
}

}  // namespace

Status compare_with_ledger(const Timeline& timeline, const ledger::Ledger& ledger,
                           const Standing& standing,
                           const std::function<void(std::uint64_t)>& compared) {
    const std::uint64_t last_number = standing.last_number;
    identity::Identities identities;
    TRY(identity::read_identities(ledger, standing.last_assertion, identities));
    const identity::Identities::Reader reader(identities);
    Sum kept;
    bool beyond = false;
    const auto take = [&](std::span<const ledger::Entry> entries) -> Status {
        for (const auto& [number, encounter] : entries) {
            beyond = number > last_number;
            if (beyond) {
                return Error{ErrorCode::Cancelled, "seen enough"};
            }
            kept.add({number,
                      encounter.time.time_since_epoch().count(),
                      reader.customer_of(encounter.customer.value()),
                      encounter.touchpoint,
                      encounter.employee,
                      encounter.thread.value()});
        }
        if (compared) {
            compared(kept.encounters);
        }
        return {};
    };
    if (const auto scanned = ledger.scan_since(0, take); !scanned && !beyond) {
        return scanned.error();
    }
    const Sum held = sum_of(timeline);
    if (held.encounters != kept.encounters) {
        return Error{ErrorCode::Corrupt,
                     fmt::format("the timeline has {} encounters and the ledger {} up to number {}",
                                 thousands(static_cast<std::int64_t>(held.encounters)),
                                 thousands(static_cast<std::int64_t>(kept.encounters)),
                                 last_number)};
    }
    if (held != kept) {
        return Error{ErrorCode::Corrupt,
                     fmt::format("the timeline's {} encounters are not those of the ledger",
                                 thousands(static_cast<std::int64_t>(held.encounters)))};
    }
    return {};
}

}  // namespace kokemus::timeline
