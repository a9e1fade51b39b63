#include "stats/permutation.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"
#include "stats/oracle_test.h"

namespace kokemus::stats {
namespace {

Permutation of(const std::vector<double>& first, const std::vector<double>& second) {
    return permutation_test(first, second);
}

TEST(Permutation, NobodyOnOneSideTellsNothing) {
    EXPECT_EQ(of({}, {1, 2}).p_value, 1.0);
    EXPECT_EQ(of({1, 2}, {}).p_value, 1.0);
    EXPECT_EQ(of({1}, {2}).p_value, 1.0);
}

TEST(Permutation, AllEqualIsChance) {
    EXPECT_EQ(of({7.1, 7.1, 7.1}, {7.1, 7.1}).p_value, 1.0);
}

TEST(Permutation, FewCanNeverTellMuch) {
    // methods.md e3
    EXPECT_NEAR(of({10, 11, 12}, {1, 2, 3}).p_value, .1, 1e-12);
    EXPECT_NEAR(of({10, 11, 12}, {1, 2, 3}).least_p, .1, 1e-12);
    EXPECT_NEAR(of({9, 10, 11, 12}, {1, 2, 3, 4}).least_p, .0286, 5e-5);
    EXPECT_NEAR(of({8, 9, 10, 11, 12}, {1, 2, 3, 4, 5}).least_p, .0079, 5e-5);
    EXPECT_NEAR(of({8, 9, 10, 11, 12}, {1, 2, 3, 4, 5}).p_value, 2.0 / 252, 1e-12);
}

TEST(Permutation, OneAgainstMany) {
    // The farthest of five: one way of five.
    EXPECT_NEAR(of({9}, {1, 2, 3, 4}).p_value, .2, 1e-12);
    EXPECT_NEAR(of({9}, {1, 2, 3, 4}).least_p, .2, 1e-12);
}

TEST(Permutation, AsAllWaysInR) {
    const Oracle oracle("verdicts.csv");
    EXPECT_NEAR(
        of({7.1, 6.2, 8.0, 5.5, 6.9, 7.4}, {5.2, 6.1, 4.8, 5.0, 6.6, 5.9, 4.4, 5.7}).p_value,
        oracle["permutation.p"],
        1e-9);
}

TEST(Permutation, ManyAreDrawnByTheSeed) {
    Random random(3);
    std::vector<double> first;
    std::vector<double> second;
    for (int i = 0; i < 40; ++i) {
        first.push_back(random.normal(.35, 1));
        second.push_back(random.normal());
    }
    const Permutation drawn = permutation_test(first, second, 11);
    EXPECT_FALSE(drawn.exact);
    EXPECT_EQ(drawn.p_value, permutation_test(first, second, 11).p_value);
    EXPECT_NEAR(drawn.p_value, permutation_test(first, second, 12).p_value, .02);
    for (double& value : first) {
        value += 100;
    }
    EXPECT_NEAR(permutation_test(first, second).p_value, 1e-4, 1e-12);
}

RC_GTEST_PROP(Permutation, NeitherSidesNorLevelMatter, ()) {
    const auto values = [] {
        std::vector<double> result;
        for (const int value :
             *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 20)))) {
            result.push_back(value / 4.0);
        }
        result.resize(std::min<std::size_t>(result.size(), 5));
        return result;
    };
    const auto first = values();
    const auto second = values();
    const double p = of(first, second).p_value;
    RC_ASSERT(p == of(second, first).p_value);
    std::vector<double> first_higher = first;
    std::vector<double> second_higher = second;
    for (double& value : first_higher) {
        value += 1e6;
    }
    for (double& value : second_higher) {
        value += 1e6;
    }
    RC_ASSERT(p == of(first_higher, second_higher).p_value);
    RC_ASSERT(p >= of(first, second).least_p - 1e-12);
}

}  // namespace
}  // namespace kokemus::stats
