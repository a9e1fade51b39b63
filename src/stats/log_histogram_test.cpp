#include "stats/log_histogram.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::stats {
namespace {

constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();

LogHistogram of(const std::vector<std::int64_t>& values) {
    LogHistogram histogram;
    for (const auto value : values) {
        histogram.add(value);
    }
    return histogram;
}

TEST(LogHistogram, EmptyGivesZero) {
    const LogHistogram histogram;
    EXPECT_EQ(histogram.count(), 0U);
    EXPECT_EQ(histogram.quantile(0.5), 0.0);
    EXPECT_EQ(histogram.at_rank(3), 0.0);
}

TEST(LogHistogram, OneValue) {
    const LogHistogram histogram = of({42});
    EXPECT_EQ(histogram.quantile(0), 42.0);
    EXPECT_EQ(histogram.quantile(0.5), 42.0);
    EXPECT_EQ(histogram.quantile(1), 42.0);
}

TEST(LogHistogram, SmallValuesAreExactAndNegativeOnesZero) {
    for (std::int64_t value = 0; value < 128; ++value) {
        EXPECT_EQ(LogHistogram::middle(LogHistogram::bucket(value)), static_cast<double>(value));
    }
    EXPECT_EQ(LogHistogram::bucket(-5), 0U);
}

TEST(LogHistogram, BucketsAreMonotoneWithoutGapsAndFitTheArray) {
    std::uint32_t last = LogHistogram::bucket(0);
    for (std::int64_t value = 1; value < 100'000; ++value) {
        const auto bucket = LogHistogram::bucket(value);
        ASSERT_TRUE(bucket == last || bucket == last + 1) << value;
        last = bucket;
    }
    EXPECT_EQ(LogHistogram::bucket(greatest), LogHistogram::bucket_count - 1);
}

TEST(LogHistogram, NearestRank) {
    EXPECT_EQ(LogHistogram::nearest_rank(0.5, 4), 2U);
    EXPECT_EQ(LogHistogram::nearest_rank(0.5, 5), 3U);
    EXPECT_EQ(LogHistogram::nearest_rank(0.9, 10), 9U);
    EXPECT_EQ(LogHistogram::nearest_rank(0.1, 30), 3U);
    EXPECT_EQ(LogHistogram::nearest_rank(0.7, 10), 7U);
    EXPECT_EQ(LogHistogram::nearest_rank(0, 10), 1U);
    EXPECT_EQ(LogHistogram::nearest_rank(1, 10), 10U);
    EXPECT_EQ(LogHistogram::nearest_rank(0.5, 0), 1U);
    const LogHistogram histogram = of({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    EXPECT_EQ(histogram.quantile(0.5), 5.0);
    EXPECT_EQ(histogram.quantile(0.9), 9.0);
    EXPECT_EQ(histogram.at_rank(0), 1.0);
    EXPECT_EQ(histogram.at_rank(11), 10.0);
}

TEST(LogHistogram, TimesCountAndZeroTimesLeaveNothing) {
    LogHistogram histogram;
    histogram.add(10, 0);
    EXPECT_EQ(histogram, LogHistogram());
    histogram.add(10, 3);
    histogram.add(20, 1);
    EXPECT_EQ(histogram.count(), 4U);
    EXPECT_EQ(histogram.quantile(0.75), 10.0);
    EXPECT_EQ(histogram.quantile(0.76), 20.0);
}

RC_GTEST_PROP(LogHistogram, MiddleIsWithinOnePercent, ()) {
    const auto value = *rc::gen::inRange<std::int64_t>(1, greatest);
    const auto shift = *rc::gen::inRange(0, 62);
    const std::int64_t any = std::max<std::int64_t>(1, value >> shift);
    const double middle = LogHistogram::middle(LogHistogram::bucket(any));
    RC_ASSERT(std::abs(middle - static_cast<double>(any)) <= static_cast<double>(any) / 128);
}

RC_GTEST_PROP(LogHistogram, QuantileIsWithinOnePercentOfTheSorted, ()) {
    auto values = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::inRange<std::int64_t>(0, 1'000'000'000)));
    const double q = *rc::gen::inRange(0, 101) / 100.0;
    const double found = of(values).quantile(q);
    std::ranges::sort(values);
    const auto rank = LogHistogram::nearest_rank(q, values.size());
    const auto exact = static_cast<double>(values[rank - 1]);
    RC_ASSERT(std::abs(found - exact) <= 0.01 * exact);
}

RC_GTEST_PROP(LogHistogram, OrderDoesNotMatterAndMergeEqualsTheWhole,
              (std::vector<std::int64_t> left, std::vector<std::int64_t> right)) {
    std::vector<std::int64_t> all = left;
    all.insert(all.end(), right.begin(), right.end());
    LogHistogram merged = of(left);
    merged.merge(of(right));
    RC_ASSERT(merged == of(all));
    std::ranges::reverse(all);
    RC_ASSERT(merged == of(all));
}

}  // namespace
}  // namespace kokemus::stats
