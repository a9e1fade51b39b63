#include "timeline/forced_switches.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/random.h"
#include "stats/log_histogram.h"
#include "timeline/row_bits.h"
#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

/// All pairs of channels and times around a day, against the rule said plainly.
TEST(ForcedSwitches, FindsWhatFollowsAMachineSoonEnough) {
    tiny::Ledger ledger;
    for (const char* touchpoint : {"look", "ask", "call", "letter"}) {
        ledger.add("c", 0, touchpoint);
    }
    const auto timeline = ledger.build(tiny::four_channels());
    const Shared& shared = *timeline;
    ForcedSwitches switches(shared);
    Random random(3);
    std::vector<Code> channels(1000);
    std::vector<std::uint16_t> buckets(channels.size());
    for (std::size_t i = 0; i < channels.size(); ++i) {
        channels[i] = static_cast<Code>(random.below(shared.channels.size()));
        const auto milliseconds = static_cast<std::int64_t>(random.below(2 * 86'400'000));
        buckets[i] = static_cast<std::uint16_t>(stats::LogHistogram::bucket(milliseconds));
    }
    const std::vector<std::uint32_t> offsets{0, 1, 40, 64, 65, 700, 1000};
    const auto found = switches.find(channels.data(), buckets.data(), offsets);
    const auto day = stats::LogHistogram::bucket(forced_switch_within.count());
    std::size_t count = 0;
    for (std::size_t i = 0; i < channels.size(); ++i) {
        const bool first = std::ranges::find(offsets, i) != offsets.end();
        const bool expected = !first && shared.facts.is_machine(channels[i - 1]) &&
                              shared.facts.is_human(channels[i]) && buckets[i] <= day;
        EXPECT_EQ(has_bit(found, i), expected) << i;
        count += expected ? 1 : 0;
    }
    EXPECT_GT(count, 10U);
}

}  // namespace
}  // namespace kokemus::timeline
