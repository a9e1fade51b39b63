#include "promise/standing.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace kokemus::promise {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

/// Slacks in hours, negative late: counted as an engine counts.
question::PromiseTally tally_of(const std::vector<std::int64_t>& slack_hours) {
    question::PromiseTally tally;
    tally.promise = "delivery";
    tally.slack_bins.assign(question::slack_edges.size() + 1, 0);
    for (const std::int64_t hours : slack_hours) {
        (hours >= 0 ? tally.kept : tally.late) += 1;
        if (hours >= 0) {
            tally.early_milliseconds.add(hours * hour_ms);
        } else {
            tally.late_milliseconds.add(-hours * hour_ms);
        }
        tally.slack_seconds_sum += static_cast<double>(hours) * 3600;
        const auto edge = std::ranges::upper_bound(question::slack_edges, hours * 3600);
        ++tally.slack_bins[static_cast<std::size_t>(edge - question::slack_edges.begin())];
    }
    tally.made = tally.kept + tally.late;
    return tally;
}

TEST(Slack, NothingCountedIsAbsentAndNotZero) {
    const Slack empty = slack(question::PromiseTally{});
    EXPECT_FALSE(empty.mean.has_value());
    EXPECT_FALSE(empty.median.has_value());
    EXPECT_FALSE(empty.early_median.has_value());
    EXPECT_FALSE(empty.late_median.has_value());
    EXPECT_FALSE(empty.late_p90.has_value());
    EXPECT_EQ(empty.bins.size(), question::slack_edges.size() + 1);
}

TEST(Slack, OneKept) {
    const Slack one = slack(tally_of({2}));
    EXPECT_EQ(*one.mean, 7200.0);
    EXPECT_NEAR(*one.median, 7200, 72);
    EXPECT_NEAR(*one.early_median, 7200, 72);
    EXPECT_FALSE(one.late_median.has_value());
}

TEST(Slack, MedianRunsThroughLateAndEarly) {
    EXPECT_NEAR(*slack(tally_of({-30, -10, -5, 4, 8})).median, -5 * 3600, 180);
    EXPECT_NEAR(*slack(tally_of({-30, -10, 3, 4, 8})).median, 3 * 3600, 108);
    EXPECT_NEAR(*slack(tally_of({-30, -10})).median, -30 * 3600, 1080);  // nearest rank: the lower
}

TEST(Slack, HowLateTheLateWere) {
    const Slack late = slack(tally_of({-1, -2, -3, -4, -5, -6, -7, -8, -9, -10, 50}));
    EXPECT_NEAR(*late.late_median, 5 * 3600, 180);
    EXPECT_NEAR(*late.late_p90, 9 * 3600, 324);
    EXPECT_NEAR(*late.mean, -5.0 / 11 * 3600, 1e-6);
}

TEST(Slack, BinsAreHalfOpen) {
    const Slack binned = slack(tally_of({0, 4, -4}));
    const auto count_from = [&](std::int64_t from) {
        const auto bin =
            std::ranges::find(binned.bins, std::optional<std::int64_t>(from), &Slack::Bin::from);
        return bin->count;
    };
    EXPECT_EQ(count_from(0), 1U);
    EXPECT_EQ(count_from(4 * 3600), 1U);
    EXPECT_EQ(count_from(-4 * 3600), 1U);
    EXPECT_FALSE(binned.bins.front().from.has_value());
    EXPECT_EQ(*binned.bins.front().to, -30 * 86400);
    EXPECT_FALSE(binned.bins.back().to.has_value());
}

TEST(Standing, SharesAreOfThoseDecided) {
    question::PromiseTally tally;
    tally.promise = "delivery";
    tally.made = 160;
    tally.kept = 45;
    tally.late = 9;
    tally.broken = 6;
    tally.open = 100;
    const Standing standing = stand(tally, nullptr);
    EXPECT_EQ(standing.decided(), 60U);
    EXPECT_NEAR(standing.kept_rate.estimate, 0.75, 1e-12);
    EXPECT_NEAR(standing.kept_rate.interval.low, .627679, 1e-6);
    EXPECT_NEAR(standing.kept_rate.interval.high, .842235, 1e-6);
    EXPECT_NEAR(standing.late_share.estimate, 0.15, 1e-12);
    EXPECT_NEAR(standing.broken_share.estimate, 0.1, 1e-12);
    EXPECT_EQ(standing.owner, "");
    EXPECT_FALSE(standing.target.has_value());
}

TEST(Standing, NothingDecidedHasNoRate) {
    question::PromiseTally tally;
    tally.open = 7;
    tally.made = 7;
    EXPECT_FALSE(stand(tally, nullptr).kept_rate.enough);
}

TEST(Standing, OwnerAndTargetComeFromTheBlueprint) {
    blueprint::Promise declared;
    declared.owner = "Logistics";
    declared.target = 0.9;
    const Standing standing = stand(tally_of({1}), &declared);
    EXPECT_EQ(standing.owner, "Logistics");
    EXPECT_EQ(standing.target, 0.9);
    EXPECT_EQ(standing.promise, "delivery");
}

}  // namespace
}  // namespace kokemus::promise
