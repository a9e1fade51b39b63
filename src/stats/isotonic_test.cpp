#include "stats/isotonic.h"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::stats {
namespace {

TEST(Isotonic, NoneOneAndNotFinite) {
    EXPECT_EQ(Isotonic({}, {})(.5), 0.0);
    const Isotonic one(std::vector<double>{.3}, std::vector<double>{.7});
    EXPECT_EQ(one(.1), .7);
    EXPECT_EQ(one(.9), .7);
    EXPECT_EQ(Isotonic(std::vector<double>{std::nan("")}, std::vector<double>{1}).levels(), 0U);
}

TEST(Isotonic, Golden) {
    // methods.md e8
    const std::vector<double> predicted{.1, .2, .2, .3, .4, .5, .6, .7, .8, .9};
    const std::vector<double> happened{0, 0, 1, 0, 0, 1, 1, 0, 1, 1};
    const std::vector<double> expected{0, .25, .25, .25, .25, 2.0 / 3, 2.0 / 3, 2.0 / 3, 1, 1};
    const Isotonic curve(predicted, happened);
    for (std::size_t i = 0; i < predicted.size(); ++i) {
        EXPECT_NEAR(curve(predicted[i]), expected[i], 1e-12) << i;
    }
    EXPECT_NEAR(curve(.45), (.25 + 2.0 / 3) / 2, 1e-12);
}

TEST(Isotonic, EqualPredictionsAreOnePointInWhateverOrder) {
    const std::vector<double> predicted{.5, .5, .2};
    EXPECT_NEAR(Isotonic(predicted, std::vector<double>{1, 0, .6})(.5), 1.6 / 3, 1e-12);
    EXPECT_NEAR(Isotonic(predicted, std::vector<double>{0, 1, .6})(.5), 1.6 / 3, 1e-12);
    EXPECT_NEAR(Isotonic(predicted, std::vector<double>{0, 1, .4})(.5), .5, 1e-12);
}

TEST(Isotonic, WeightsCountMoreThanOnce) {
    const std::vector<double> predicted{.1, .9};
    const std::vector<double> outcomes{1, 0};
    const std::vector<double> weights{3, 1};
    EXPECT_NEAR(Isotonic(predicted, outcomes, weights)(.5), .75, 1e-12);
}

RC_GTEST_PROP(Isotonic, NeverFallsAndKeepsTheSum, ()) {
    std::vector<double> predicted;
    std::vector<double> outcomes;
    double sum = 0;
    for (const auto& [p, outcome] : *rc::gen::container<std::vector<std::pair<int, bool>>>(
             rc::gen::pair(rc::gen::inRange(0, 20), rc::gen::arbitrary<bool>()))) {
        predicted.push_back(p / 20.0);
        outcomes.push_back(outcome ? 1 : 0);
        sum += outcome ? 1 : 0;
    }
    const Isotonic curve(predicted, outcomes);
    double fitted = 0;
    for (const double p : predicted) {
        fitted += curve(p);
    }
    RC_ASSERT(std::abs(fitted - sum) < 1e-9);
    double before = 0;
    for (int i = 0; i <= 40; ++i) {
        RC_ASSERT(curve(i / 40.0) >= before - 1e-12);
        before = curve(i / 40.0);
    }
}

}  // namespace
}  // namespace kokemus::stats
