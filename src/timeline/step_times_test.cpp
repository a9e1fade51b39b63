#include "timeline/step_times.h"

#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/log_histogram.h"

namespace kokemus::timeline {
namespace {

using question::EpisodeStatus;

struct Steps {
    std::vector<std::int64_t> milliseconds;
    std::vector<std::uint16_t> buckets;
};

Steps read(const std::vector<std::int64_t>& times, const Block& block) {
    Steps steps{std::vector<std::int64_t>(block.size(), -7),
                std::vector<std::uint16_t>(block.size(), 7)};
    read_step_times(
        TimeColumn::make(times), block, steps.milliseconds.data(), steps.buckets.data());
    return steps;
}

TEST(StepTimes, AreZeroAtTheFirstOfAUnit) {
    Block block;
    block.add_range(0, 2, 0, EpisodeStatus::Open);
    block.add_range(2, 3, 1, EpisodeStatus::Open);
    block.add_range(3, 5, 2, EpisodeStatus::Open);
    const auto steps = read({1000, 1500, 70, 20, 20}, block);
    EXPECT_EQ(steps.milliseconds, (std::vector<std::int64_t>{0, 500, 0, 0, 0}));
    EXPECT_EQ(steps.buckets[0], 0);
    EXPECT_EQ(steps.buckets[1], stats::LogHistogram::bucket(500));
    EXPECT_EQ(steps.buckets[2], 0);
}

TEST(StepTimes, OfRangesWithGapsAndOfListedRows) {
    Block ranges;
    ranges.add_range(1, 3, 0, EpisodeStatus::Open);
    ranges.add_range(4, 6, 0, EpisodeStatus::Open);
    const std::vector<std::int64_t> times{0, 10, 30, 60, 100, 150};
    EXPECT_EQ(read(times, ranges).milliseconds, (std::vector<std::int64_t>{0, 20, 0, 50}));
    Block listed;
    listed.add_rows(std::vector<Row>{0, 2, 5});
    listed.close_unit(0, EpisodeStatus::Open);
    listed.add_rows(std::vector<Row>{3, 4});
    listed.close_unit(0, EpisodeStatus::Open);
    EXPECT_EQ(read(times, listed).milliseconds, (std::vector<std::int64_t>{0, 30, 120, 0, 40}));
}

/// Every layout of the column: 4, 5 and 8 bytes.
RC_GTEST_PROP(StepTimes, FallIntoTheBucketsOfTheHistogram, ()) {
    const int bits = *rc::gen::element(6, 31, 33, 39, 50);
    std::vector<std::int64_t> times{1'700'000'000'000};
    for (int i = 0; i < 40; ++i) {
        times.push_back(times.back() + (*rc::gen::inRange<std::int64_t>(
                                           0, std::int64_t{1} << *rc::gen::inRange(1, bits))));
    }
    Block block;
    block.add_range(0, static_cast<Row>(times.size()), 0, EpisodeStatus::Open);
    const auto steps = read(times, block);
    for (std::size_t i = 1; i < times.size(); ++i) {
        RC_ASSERT(steps.milliseconds[i] == times[i] - times[i - 1]);
        RC_ASSERT(steps.buckets[i] == stats::LogHistogram::bucket(times[i] - times[i - 1]));
    }
}

}  // namespace
}  // namespace kokemus::timeline
