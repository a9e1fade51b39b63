#include "stats/false_discovery.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::stats {
namespace {

TEST(FalseDiscovery, NoneAndOne) {
    EXPECT_TRUE(false_discovery_adjusted({}).empty());
    EXPECT_EQ(false_discovery_adjusted(std::vector<double>{0.03}), std::vector<double>{0.03});
}

TEST(FalseDiscovery, Golden) {
    // methods.md 0.1
    const std::vector<double> p{1e-4, .004, .019, .03, .2, .6};
    const std::vector<double> expected{.0006, .012, .038, .045, .24, .6};
    const std::vector<double> adjusted = false_discovery_adjusted(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
        EXPECT_NEAR(adjusted[i], expected[i], 1e-12) << i;
    }
    EXPECT_EQ(std::count_if(adjusted.begin(), adjusted.end(), [](double q) { return q <= .05; }),
              4);
}

TEST(FalseDiscovery, KeepsTheOrderGivenAndTakesALargerOnesLevel) {
    // R: p.adjust(c(.04, .01, .03, .05), "BH")
    const std::vector<double> adjusted =
        false_discovery_adjusted(std::vector<double>{.04, .01, .03, .05});
    const std::vector<double> expected{.05, .04, .05, .05};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_NEAR(adjusted[i], expected[i], 1e-12) << i;
    }
}

TEST(FalseDiscovery, WhatIsNoProbabilityFoundNothing) {
    const std::vector<double> adjusted =
        false_discovery_adjusted(std::vector<double>{.01, std::nan(""), -1, 7});
    EXPECT_NEAR(adjusted[0], .04, 1e-12);
    EXPECT_EQ(adjusted[1], 1);
    EXPECT_EQ(adjusted[2], 1);
    EXPECT_EQ(adjusted[3], 1);
}

RC_GTEST_PROP(FalseDiscovery, NeverBelowThePValueAndInItsOrder, ()) {
    std::vector<double> p;
    for (const int each : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1001))) {
        p.push_back(each / 1000.0);
    }
    const std::vector<double> adjusted = false_discovery_adjusted(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
        RC_ASSERT(adjusted[i] >= p[i] && adjusted[i] <= 1);
        for (std::size_t j = 0; j < p.size(); ++j) {
            RC_ASSERT(p[i] > p[j] || adjusted[i] <= adjusted[j]);
        }
    }
}

}  // namespace
}  // namespace kokemus::stats
