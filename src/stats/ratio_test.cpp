#include "stats/ratio.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::stats {
namespace {

struct Pair {
    double a = 0;
    double b = 0;
};

RatioSums of(const std::vector<Pair>& customers) {
    RatioSums sums;
    for (const Pair& each : customers) {
        sums.add(each.a, each.b);
    }
    return sums;
}

TEST(Ratio, TooLittleIsNotEnough) {
    EXPECT_FALSE(ratio_estimate(RatioSums()).enough);
    EXPECT_FALSE(ratio_estimate(of({{1, 2}})).enough);
    EXPECT_FALSE(ratio_estimate(of({{1, 0}, {2, 0}})).enough);
    EXPECT_EQ(ratio_standard_error(RatioSums()), 0.0);
}

TEST(Ratio, RefusesWhatIsNotFinite) {
    EXPECT_EQ(of({{std::nan(""), 1}, {1, std::nan("")}}).customers, 0U);
}

TEST(Ratio, Golden) {
    // methods.md a4
    const RatioSums sums = of({{3, 10}, {1, 5}, {4, 12}, {2, 8}, {5, 15}});
    const Estimate estimate = ratio_estimate(sums);
    EXPECT_NEAR(estimate.estimate, .3, 1e-12);
    EXPECT_NEAR(ratio_standard_error(sums), .0202485, 5e-8);
    EXPECT_NEAR(estimate.interval.low, .3 - 1.959963984540054 * .0202485, 1e-6);
    EXPECT_NEAR(estimate.interval.high, .3 + 1.959963984540054 * .0202485, 1e-6);
    EXPECT_EQ(estimate.method, "delta");
    EXPECT_EQ(estimate.n, 5U);
}

TEST(Ratio, NoContactAtAllStillHasAnUpperLimit) {
    const Estimate estimate = ratio_estimate(of(std::vector<Pair>(20, Pair{0, 5})));
    EXPECT_EQ(estimate.method, "poisson");
    EXPECT_EQ(estimate.interval.low, 0.0);
    EXPECT_NEAR(estimate.interval.high, -std::log(0.025) / 100, 1e-9);
}

TEST(Ratio, AllCustomersAlikeUsesTheCount) {
    // Garwood of 10: 4.795389 to 18.390356
    const Estimate estimate = ratio_estimate(of(std::vector<Pair>(10, Pair{1, 1})));
    EXPECT_EQ(estimate.method, "poisson");
    EXPECT_NEAR(estimate.interval.low, .4795389, 1e-6);
    EXPECT_NEAR(estimate.interval.high, 1.8390356, 1e-6);
}

TEST(Ratio, NeverBelowZero) {
    EXPECT_EQ(ratio_estimate(of({{9, 1}, {0, 1}, {0, 1}})).interval.low, 0.0);
}

RC_GTEST_PROP(Ratio, MergeOfPartsEqualsTheWhole, ()) {
    const auto numbers = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 20), rc::gen::inRange(1, 20)));
    const auto cut = *rc::gen::inRange<std::size_t>(0, numbers.size() + 1);
    RatioSums left, right, whole;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        (i < cut ? left : right).add(numbers[i].first, numbers[i].second);
        whole.add(numbers[i].first, numbers[i].second);
    }
    left.merge(right);
    RC_ASSERT(left.customers == whole.customers);
    RC_ASSERT(std::abs(ratio_standard_error(left) - ratio_standard_error(whole)) < 1e-12);
}

}  // namespace
}  // namespace kokemus::stats
