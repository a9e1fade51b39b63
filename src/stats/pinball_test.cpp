#include "stats/pinball.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

TEST(Pinball, NothingAndKeptToTheMinute) {
    EXPECT_EQ(pinball_loss({}, {}, .9), 0.0);
    const std::vector<double> same{3, 4};
    EXPECT_EQ(pinball_loss(same, same, .9), 0.0);
}

TEST(Pinball, Golden) {
    // methods.md d2
    const std::vector<double> promised{30, 30, 60, 60, 120, 15};
    const std::vector<double> actual{25, 45, 60, 90, 100, 14};
    EXPECT_NEAR(pinball_loss(promised, actual, .9), 7.183333, 1e-6);
}

TEST(Pinball, TheQuantileHasTheLeast) {
    Random random(1);
    std::vector<double> actual;
    for (int i = 0; i < 1001; ++i) {
        actual.push_back(random.exponential(10));
    }
    std::vector<double> sorted = actual;
    std::sort(sorted.begin(), sorted.end());
    const auto loss = [&actual](double promise) {
        return pinball_loss(std::vector<double>(actual.size(), promise), actual, .9);
    };
    const double nine_of_ten = sorted[900];
    EXPECT_LT(loss(nine_of_ten), loss(sorted[850]));
    EXPECT_LT(loss(nine_of_ten), loss(sorted[950]));
}

}  // namespace
}  // namespace kokemus::stats
