#include "stats/factor_sums.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

TEST(FactorSums, TooLittleSaysNothing) {
    FactorSums sums(1);
    EXPECT_FALSE(sums.correlations());
    sums.add(1, std::array{1.0, 2.0});
    EXPECT_FALSE(sums.correlations());
    sums.add(2, std::array{2.0, 2.0});  // the outcome is always 2
    EXPECT_FALSE(sums.correlations());
}

TEST(FactorSums, RefusesWhatIsNotFinite) {
    FactorSums sums(1);
    EXPECT_FALSE(sums.add(1, std::array{std::nan(""), 1.0}));
    EXPECT_FALSE(sums.add(1, std::array{1.0, HUGE_VAL}));
    sums.add(1, std::array{1.0, 1.0});
    EXPECT_FALSE(sums.correlations());
}

TEST(FactorSums, AFactorThatDoesNotVaryGoesWithNothing) {
    FactorSums sums(2);
    sums.add(1, std::array{.1, 1.0, 1.0});
    sums.add(2, std::array{.1, 2.0, 2.0});
    sums.add(3, std::array{.1, 3.0, 2.5});
    const auto correlations = sums.correlations();
    ASSERT_TRUE(correlations);
    EXPECT_EQ(correlations->deviations[0], 0.0);
    EXPECT_EQ(correlations->among(0, 1), 0.0);
    EXPECT_EQ(correlations->with_outcome[0], 0.0);
    EXPECT_NEAR(correlations->with_outcome[1], .9819805, 1e-6);  // R: cor(1:3, c(1, 2, 2.5))
}

TEST(FactorSums, FarFromZeroNeedsACentre) {
    Random random(1);
    FactorSums near(1);
    FactorSums far(1, {1.7e9, 0});
    for (std::uint64_t i = 0; i < 1000; ++i) {
        const double x = std::round(random.normal(0, 100));
        const double y = x + random.normal(0, 100);
        near.add(i, std::array{x, y});
        far.add(i, std::array{1.7e9 + x, y});
    }
    EXPECT_NEAR(far.correlations()->with_outcome[0], near.correlations()->with_outcome[0], 1e-9);
    EXPECT_NEAR(far.correlations()->means[0], 1.7e9 + near.correlations()->means[0], 1e-3);
}

TEST(FactorSums, ACustomersRowsAreDrawnTogether) {
    FactorSums sums(1);
    for (int row = 0; row < 10; ++row) {
        sums.add(77, std::array{static_cast<double>(row), static_cast<double>(row * row)});
    }
    sums.add(78, std::array{3.0, 1.0});
    EXPECT_EQ(sums.drawn_units(), 2U);
    // Without him one row is left, and nothing is said; without the other there are ten.
    const bool first = sums.correlations(std::vector<std::uint8_t>{1, 0}).has_value();
    const bool second = sums.correlations(std::vector<std::uint8_t>{0, 1}).has_value();
    EXPECT_NE(first, second);
}

RC_GTEST_PROP(FactorSums, MergeOfPartsEqualsTheWhole, ()) {
    const auto numbers = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 50), rc::gen::inRange(0, 50)));
    const auto cut = *rc::gen::inRange<std::size_t>(0, numbers.size() + 1);
    FactorSums left(1), right(1), whole(1);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const std::array<double, 2> row{static_cast<double>(numbers[i].first),
                                        static_cast<double>(numbers[i].second)};
        (i < cut ? left : right).add(i, row);
        whole.add(i, row);
    }
    left.merge(right);
    const auto merged = left.correlations();
    const auto once = whole.correlations();
    RC_ASSERT(merged.has_value() == once.has_value());
    if (once) {
        RC_ASSERT(merged->with_outcome == once->with_outcome);  // whole numbers add without error
        std::vector<std::uint8_t> times(whole.drawn_units());
        for (std::size_t i = 0; i < times.size(); ++i) {
            times[i] = static_cast<std::uint8_t>(i % 3);
        }
        const auto drawn = left.correlations(times);
        RC_ASSERT(!drawn || drawn->with_outcome == whole.correlations(times)->with_outcome);
    }
}

}  // namespace
}  // namespace kokemus::stats
