#include "timeline/timeline_build.h"

#include <algorithm>
#include <map>
#include <utility>

#include <malloc.h>

#include "base/hash.h"
#include "base/parallel.h"
#include "identity/whole_customer.h"

namespace kokemus::timeline {
namespace {

/// Small enough for a part to be sorted and merged quickly, large enough for few parts.
constexpr std::size_t encounters_per_part = 4'000'000;

/// Customers go to parts by this; not the seed of any table, so that these stay even.
constexpr std::uint64_t part_seed = 0x70617274;

}  // namespace

TimelineBuilder::TimelineBuilder(std::shared_ptr<const blueprint::Blueprint> blueprint,
                                 ReadNumbers ties, std::size_t expected)
    : TimelineBuilder(
          of_parts(std::move(blueprint), std::move(ties), expected / encounters_per_part + 1)) {
    for (const auto& part : parts_) {
        // A little more than each one's share, as customers differ.
        part->reserve(expected / parts_.size() + expected / parts_.size() / 32);
    }
}

TimelineBuilder TimelineBuilder::of_parts(std::shared_ptr<const blueprint::Blueprint> blueprint,
                                          ReadNumbers ties, std::size_t parts) {
    TimelineBuilder builder(std::make_unique<CodeSpace>(std::move(blueprint)), std::move(ties));
    for (std::size_t part = 0; part < parts; ++part) {
        builder.parts_.push_back(std::make_unique<PartBuilder>(*builder.space_));
    }
    return builder;
}

TimelineBuilder::TimelineBuilder(std::unique_ptr<CodeSpace> space, ReadNumbers ties)
    : space_(std::move(space)),
      ties_(std::move(ties)) {}

PartBuilder& TimelineBuilder::part_of(std::string_view customer) {
    return parts_.size() == 1 ? *parts_.front()
                              : *parts_[hash64(customer, part_seed) % parts_.size()];
}

Status TimelineBuilder::add(std::span<const ledger::Entry> entries) {
    for (const auto& entry : entries) {
        TRY(part_of(entry.encounter.customer.value()).add(entry));
    }
    return {};
}

Status TimelineBuilder::add(std::span<const ledger::Entry> entries,
                            const identity::Identities& identities) {
    const identity::Identities::Reader reader(identities);
    for (const auto& entry : entries) {
        const auto customer = reader.customer_of(entry.encounter.customer.value());
        TRY(part_of(customer).add(entry, customer));
    }
    return {};
}

void TimelineBuilder::add_customers(std::span<const encounter::Customer> customers) {
    for (const auto& customer : customers) {
        part_of(customer.name.value()).add_customer(customer);
    }
}

std::size_t TimelineBuilder::encounters() const {
    std::size_t encounters = 0;
    for (const auto& part : parts_) {
        encounters += part->encounters();
    }
    return encounters;
}

Result<std::shared_ptr<const Timeline>> TimelineBuilder::finish() {
    const CodeSpace::Sorted sorted = space_->sorted();
    std::vector<Part> parts(parts_.size());
    const auto make = [&](std::size_t place) -> Status {
        parts[place] = TRY(parts_[place]->finish(sorted.shared, &sorted, ties_)).part;
        parts_[place].reset();
        ::malloc_trim(0);  // else the peak would hold what was let go beside what is made
        return {};
    };
    if (parts.size() == 1) {
        TRY(make(0));  // here, so that its own loops are shared between the workers
    } else {
        TRY(for_each_chunk(parts.size(), 1, [&](const Chunk& chunk) { return make(chunk.from); }));
    }
    TimeBounds bounds;
    for (const Part& part : parts) {
        bounds.add(bounds_of_living(part));
    }
    return make_timeline(sorted.shared, bounds, std::move(parts));
}

namespace {

/// Those with several names once, with the traits of all of them.
Status add_customers_of(const ledger::Ledger& ledger, const identity::Identities& identities,
                        TimelineBuilder& builder) {
    std::map<std::string, std::vector<encounter::Customer>> joined;
    TRY(ledger.scan_customers([&](std::span<const encounter::Customer> batch) -> Status {
        const identity::Identities::Reader reader(identities);
        for (const encounter::Customer& customer : batch) {
            const std::string& name = customer.name.value();
            if (reader.is_alone(name)) {
                builder.add_customers(std::span(&customer, 1));
            } else {
                joined[std::string(reader.customer_of(name))].push_back(customer);
            }
        }
        return {};
    }));
    for (const auto& [name, known] : joined) {
        const auto names = identities.names_of(encounter::CustomerName(name));
        const encounter::Customer whole = identity::whole_customer(names, known);
        builder.add_customers(std::span(&whole, 1));
    }
    return {};
}

}  // namespace

Result<LedgerTimeline> build_timeline(const ledger::Ledger& ledger,
                                      std::shared_ptr<const blueprint::Blueprint> blueprint) {
    LedgerTimeline built;
    built.identities = std::make_shared<identity::Identities>();
    TRY(identity::read_identities(ledger, UINT32_MAX, *built.identities));
    (void)built.identities->take_moved();
    built.standing.last_erasure = ledger.last_erasure();  // before the rows are read
    built.standing.last_assertion = built.identities->last_assertion();
    // Before they are read: a change in between is taken again, which changes nothing.
    built.standing.last_customer_change = ledger.last_customer_change();
    TimelineBuilder builder(
        std::move(blueprint), reads_numbers_of(ledger), TRY(ledger.totals()).encounters);
    built.standing.last_number = TRY(ledger.last_number());
    TRY(ledger.scan_since(0, [&](std::span<const ledger::Entry> batch) -> Status {
        if (!batch.empty()) {
            built.standing.last_number = std::max(built.standing.last_number, batch.back().number);
        }
        return builder.add(batch, *built.identities);
    }));
    TRY(add_customers_of(ledger, *built.identities, builder));
    built.timeline = TRY(builder.finish());
    return built;
}

}  // namespace kokemus::timeline
