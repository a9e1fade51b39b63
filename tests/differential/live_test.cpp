#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "draw.h"
#include "live_steps.h"
#include "random_world.h"
#include "world_timeline.h"

namespace kokemus::reference {
namespace {

using timeline::LiveTimeline;

/// Merges whenever there is something to merge, until it goes out of scope.
class BackgroundMerging {
public:
    explicit BackgroundMerging(LiveTimeline& live)
        : thread_([&live, this] {
              while (!ended_) {
                  if (const auto merged = live.merge_some(); !merged || !*merged) {
                      std::this_thread::yield();
                  }
              }
          }) {}

    BackgroundMerging(const BackgroundMerging&) = delete;
    BackgroundMerging& operator=(const BackgroundMerging&) = delete;

    ~BackgroundMerging() {
        ended_ = true;
        thread_.join();
    }

private:
    std::atomic<bool> ended_ = false;
    std::thread thread_;
};

/// A world's encounters in batches: the first is there from the start, the others are news.
std::vector<std::vector<ledger::Entry>> split(const World& world) {
    std::vector<std::vector<ledger::Entry>> batches(*rc::gen::inRange<std::size_t>(1, 9));
    for (const auto& entry : world.entries) {
        batches[*rc::gen::inRange<std::size_t>(0, batches.size())].push_back(entry);
    }
    return batches;
}

/// Former traits of everybody, to be overwritten.
std::vector<encounter::Customer> former(const std::vector<encounter::Customer>& customers) {
    auto changed = customers;
    for (auto& customer : changed) {
        customer.traits = {{"tariff", "silver"}};
    }
    return changed;
}

/// News in any order, one batch after the other, with merges in between.
void live_through(LiveTimeline& live, const World& world,
                  const std::vector<std::vector<ledger::Entry>>& batches) {
    const std::size_t traits_at = *rc::gen::inRange<std::size_t>(0, batches.size());
    for (std::size_t batch = 0; batch < batches.size(); ++batch) {
        if (batch > 0) {
            take_entries(live, batches[batch]);
        }
        if (batch == 0 && *rc::gen::arbitrary<bool>()) {
            take_customers(live, former(world.customers));
        }
        if (batch == traits_at) {
            take_customers(live, world.customers);
        }
        merge_now_and_then(live);
    }
}

class Live : public testing::Test {};

RC_GTEST_FIXTURE_PROP(Live, AnySplitIntoBaseAndTailsAnswersAsIfMadeAtOnce, ()) {
    const World world = make_world(*draw_encounters());
    const auto batches = split(world);
    const auto live =
        live_timeline_of(world, batches.front(), *rc::gen::inRange<std::size_t>(1, 4));
    if (*rc::gen::arbitrary<bool>()) {
        const BackgroundMerging merging(*live);
        live_through(*live, world, batches);
    } else {
        live_through(*live, world, batches);
    }
    expect_same_answers(*live, world);
}

/// The customers in `names` lose the encounters with odd numbers, or all of them.
World corrected(const World& world, const std::vector<encounter::CustomerName>& names,
                bool erased) {
    World after = world;
    std::erase_if(after.entries, [&](const ledger::Entry& entry) {
        return std::ranges::count(names, entry.encounter.customer) != 0 &&
               (erased || entry.number % 2 == 1);
    });
    std::erase_if(after.customers, [&](const encounter::Customer& customer) {
        return erased && std::ranges::count(names, customer.name) != 0;
    });
    return after;
}

RC_GTEST_FIXTURE_PROP(Live, ErasedAndCorrectedCustomersAreAsIfTheyHadNeverBeenOtherwise, ()) {
    const World world = make_world(*draw_encounters());
    const auto batches = split(world);
    const auto live =
        live_timeline_of(world, batches.front(), *rc::gen::inRange<std::size_t>(1, 4));
    live_through(*live, world, batches);
    std::vector<encounter::CustomerName> names;
    for (int customer = 0; customer < 4; ++customer) {
        if (*rc::gen::arbitrary<bool>()) {
            names.emplace_back("c" + std::to_string(customer));
        }
    }
    const World after = corrected(world, names, *rc::gen::arbitrary<bool>());
    replace(*live, names, after);
    merge_now_and_then(*live);
    expect_same_answers(*live, after);
}

}  // namespace
}  // namespace kokemus::reference
