#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "blueprint/blueprint.h"
#include "encounter/encounter.h"
#include "identity/identities.h"
#include "ledger/ledger.h"
#include "timeline/code_space.h"
#include "timeline/part_build.h"
#include "timeline/standing.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// Takes encounters and customers in any order and makes a timeline of them, once. Equal encounters
/// give equal columns, whatever the order they came in and the number of threads. Customers are
/// spread over parts by a hash of their names. Not thread safe; `finish` uses the workers of
/// base/parallel.h.
///
/// Holds 48 bytes an encounter, and the names of customers and threads; part after part is let go
/// when its columns are made.
class TimelineBuilder {
public:
    /// `expected` encounters decide on how many parts there are and make room for them.
    TimelineBuilder(std::shared_ptr<const blueprint::Blueprint> blueprint, ReadNumbers ties,
                    std::size_t expected = 0);

    /// With so many parts.
    static TimelineBuilder of_parts(std::shared_ptr<const blueprint::Blueprint> blueprint,
                                    ReadNumbers ties, std::size_t parts);

    /// Fails (TooLarge) at the encounter that no row number of its part is left for.
    Status add(std::span<const ledger::Entry> entries);

    /// The same, each under the customer that its name belongs to.
    Status add(std::span<const ledger::Entry> entries, const identity::Identities& identities);

    /// Sets the traits that declared dimensions speak of, anew for the same customer.
    void add_customers(std::span<const encounter::Customer> customers);

    std::size_t encounters() const;

    /// Sorts, codes and indexes everything added. Fails as `ties` does.
    Result<std::shared_ptr<const Timeline>> finish();

private:
    TimelineBuilder(std::unique_ptr<CodeSpace> space, ReadNumbers ties);
    PartBuilder& part_of(std::string_view customer);

    std::unique_ptr<CodeSpace> space_;
    ReadNumbers ties_;
    std::vector<std::unique_ptr<PartBuilder>> parts_;
};

/// A timeline of a ledger, and how far it goes.
struct LedgerTimeline {
    std::shared_ptr<const Timeline> timeline;
    Standing standing;
    std::shared_ptr<identity::Identities> identities;  ///< up to its standing
};

/// Reads the whole ledger, names of one customer as one. Fails as the ledger fails.
Result<LedgerTimeline> build_timeline(const ledger::Ledger& ledger,
                                      std::shared_ptr<const blueprint::Blueprint> blueprint);

}  // namespace kokemus::timeline
