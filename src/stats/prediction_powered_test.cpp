#include "stats/prediction_powered.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

TEST(PredictionPowered, TooLittleSaysNothing) {
    const Moments all = Moments::from(100, .5, 10);
    EXPECT_FALSE(prediction_powered(all, {}));
    EXPECT_FALSE(prediction_powered(all, std::vector<Labelled>{{.5, 1}}));
    EXPECT_FALSE(prediction_powered(Moments(), std::vector<Labelled>{{.5, 1}, {.4, 0}}));
}

TEST(PredictionPowered, Golden) {
    // methods.md a8: 10 000 predictions with mean .62 and variance .05
    const Moments all = Moments::from(10'000, .62, .05 * 9999);
    const std::vector<Labelled> labelled{{.9, 1}, {.2, 0}, {.7, 1}, {.4, 0}, {.8, 0}, {.1, 0}};
    const auto found = prediction_powered(all, labelled);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->mean, .436667, 1e-6);
    EXPECT_NEAR(found->standard_error, .157954, 1e-6);
    EXPECT_NEAR(found->interval.high, .436667 + 2.570582 * .157954, 1e-5);
}

TEST(PredictionPowered, HoldsWithBadPredictionsAndGainsWithGoodOnes) {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        Random random(seed);
        int held = 0;
        constexpr int rounds = 400;
        double width_good = 0;
        double width_alone = 0;
        for (int round = 0; round < rounds; ++round) {
            Moments all;
            Moments alone;
            std::vector<Labelled> labelled;
            for (int i = 0; i < 1000; ++i) {
                const double known = random.normal();
                const double truth = 5 + known + random.normal(0, .3);
                const double predicted = 3 + known;  // two too low, always
                all.add(predicted);
                if (i < 50) {
                    labelled.push_back({predicted, truth});
                    alone.add(truth);
                }
            }
            const auto found = prediction_powered(all, labelled);
            held += found->interval.low <= 5 && 5 <= found->interval.high ? 1 : 0;
            width_good += found->standard_error;
            width_alone += std::sqrt(alone.variance() / 50);
        }
        EXPECT_NEAR(static_cast<double>(held) / rounds, .95, .035) << seed;
        EXPECT_LT(width_good, .5 * width_alone) << seed;
    }
}

}  // namespace
}  // namespace kokemus::stats
