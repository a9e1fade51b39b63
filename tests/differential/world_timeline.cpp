#include "world_timeline.h"

#include <algorithm>

#include <rapidcheck.h>

#include "timeline/live_timeline.h"
#include "timeline/timeline_build.h"

namespace kokemus::reference {
namespace {

timeline::ReadNumbers reads(const World& world) {
    return [&world](std::span<const std::uint64_t> numbers, const auto& take) -> Status {
        std::vector<ledger::Entry> found;
        for (const auto& entry : world.entries) {
            if (std::ranges::count(numbers, entry.number) != 0) {
                found.push_back(entry);
            }
        }
        return take(found);
    };
}

std::shared_ptr<const timeline::Timeline> build(const World& world,
                                                std::span<const ledger::Entry> entries,
                                                std::span<const encounter::Customer> customers,
                                                std::size_t parts) {
    auto builder = timeline::TimelineBuilder::of_parts(
        std::make_shared<const blueprint::Blueprint>(world.blueprint), reads(world), parts);
    RC_ASSERT(builder.add(entries).has_value());
    builder.add_customers(customers);
    auto made = builder.finish();
    RC_ASSERT(made.has_value());
    return *made;
}

}  // namespace

std::shared_ptr<const timeline::Timeline> timeline_of(const World& world, std::size_t parts) {
    return build(world, world.entries, world.customers, parts);
}

std::unique_ptr<timeline::LiveTimeline> live_timeline_of(
    const World& world, std::span<const ledger::Entry> start, std::size_t parts,
    std::shared_ptr<timeline::PartTallies> tallies) {
    return std::make_unique<timeline::LiveTimeline>(
        build(world, start, {}, parts), reads(world), std::move(tallies));
}

}  // namespace kokemus::reference
