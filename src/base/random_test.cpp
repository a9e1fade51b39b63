#include "base/random.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace kokemus {
namespace {

struct Shape {
    double mean = 0;
    double variance = 0;
};

template <typename Draw>
Shape shape_of(Draw draw, int count = 200'000) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; ++i) {
        const auto value = static_cast<double>(draw());
        sum += value;
        squares += value * value;
    }
    const double mean = sum / count;
    return Shape{mean, squares / count - mean * mean};
}

TEST(Random, RepeatsForASeedAndDiffersByStream) {
    Random one(42);
    Random same(42);
    Random stream(42, 1);
    Random swapped(1, 42);
    const std::uint64_t first = one.next();
    EXPECT_EQ(first, same.next());
    const std::uint64_t other = stream.next();
    EXPECT_NE(first, other);
    EXPECT_NE(other, swapped.next());
}

// Sample data and replays depend on these numbers: they must not differ between machines or
// versions.
TEST(Random, NeverChanges) {
    Random random(2026, 7);
    EXPECT_EQ(random.next(), 0xB0BDBB855850A2C7ULL);
    EXPECT_EQ(random.below(1000), 704U);
    EXPECT_EQ(random.uniform(), 0x1.001c60ad898dcp-2);
    EXPECT_EQ(random.normal(), -0x1.10e08d87ddb05p+0);
    EXPECT_EQ(random.exponential(3), 0x1.b60f9b5d27192p+1);
    EXPECT_EQ(random.poisson(4), 7U);
    EXPECT_EQ(random.poisson(400), 367U);
    EXPECT_EQ(random.binomial(20, 0.2), 3U);
    EXPECT_EQ(random.binomial(2000, 0.2), 406U);
    EXPECT_EQ(Random::named(2026, "bootstrap", 7).next(), 16700102905033996956ULL);
}

TEST(Random, UniformFillsItsRangeEvenly) {
    Random random(3);
    const Shape shape = shape_of([&] { return random.uniform(2, 4); });
    EXPECT_NEAR(shape.mean, 3, 0.01);
    EXPECT_NEAR(shape.variance, 4.0 / 12, 0.01);
}

TEST(Random, BelowIsEvenAndStaysBelow) {
    Random random(4);
    std::vector<int> seen(7);
    for (int i = 0; i < 70'000; ++i) {
        ++seen.at(random.below(7));
    }
    for (const int count : seen) {
        EXPECT_NEAR(count, 10'000, 500);
    }
    EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, NormalHasItsMoments) {
    Random random(5);
    const Shape shape = shape_of([&] { return random.normal(10, 2); });
    EXPECT_NEAR(shape.mean, 10, 0.03);
    EXPECT_NEAR(shape.variance, 4, 0.1);
    EXPECT_EQ(random.normal(7, 0), 7);
}

TEST(Random, NormalHasItsTails) {
    Random random(6);
    int beyond = 0;
    for (int i = 0; i < 200'000; ++i) {
        beyond += std::fabs(random.normal()) > 1.959963984540054 ? 1 : 0;
    }
    EXPECT_NEAR(beyond, 10'000, 500);
}

TEST(Random, ExponentialHasItsMoments) {
    Random random(7);
    const Shape shape = shape_of([&] { return random.exponential(3); });
    EXPECT_NEAR(shape.mean, 3, 0.05);
    EXPECT_NEAR(shape.variance, 9, 0.4);
}

TEST(Random, PoissonHasItsMomentsOnBothSidesOfTheSwitch) {
    Random random(8);
    for (const double mean : {0.3, 4.0, 9.9, 10.0, 50.0, 3000.0}) {
        const Shape shape = shape_of([&] { return random.poisson(mean); }, 100'000);
        EXPECT_NEAR(shape.mean, mean, 6 * std::sqrt(mean / 100'000)) << mean;
        EXPECT_NEAR(shape.variance / mean, 1, 0.04) << mean;
    }
    EXPECT_EQ(random.poisson(0), 0U);
}

TEST(Random, PoissonHasItsProbabilities) {
    Random random(9);
    constexpr int draws = 200'000;
    int twelves = 0;
    for (int i = 0; i < draws; ++i) {
        twelves += random.poisson(12) == 12 ? 1 : 0;
    }
    const double expected = std::exp(12 * std::log(12.0) - 12 - std::lgamma(13.0));
    EXPECT_NEAR(static_cast<double>(twelves) / draws, expected, 0.004);
}

TEST(Random, BinomialAtItsEnds) {
    Random random(11);
    EXPECT_EQ(random.binomial(0, 0.5), 0U);
    EXPECT_EQ(random.binomial(100, 0), 0U);
    EXPECT_EQ(random.binomial(100, 1), 100U);
    EXPECT_EQ(random.binomial(1'000'000'000, 0), 0U);
    EXPECT_LE(random.binomial(1, 0.5), 1U);
}

TEST(Random, BinomialHasItsMomentsOnBothSidesOfTheSwitch) {
    Random random(12);
    struct Case {
        std::uint64_t trials;
        double share;
    };
    for (const Case& each : {Case{5, 0.3},
                             Case{19, 0.5},
                             Case{21, 0.5},
                             Case{200, 0.04},
                             Case{200, 0.06},
                             Case{200, 0.97},
                             Case{1'000'000, 0.25}}) {
        const auto n = static_cast<double>(each.trials);
        const double mean = n * each.share;
        const double variance = mean * (1 - each.share);
        const Shape shape =
            shape_of([&] { return random.binomial(each.trials, each.share); }, 100'000);
        EXPECT_NEAR(shape.mean, mean, 6 * std::sqrt(variance / 100'000)) << each.trials;
        EXPECT_NEAR(shape.variance / variance, 1, 0.04) << each.trials;
    }
}

TEST(Random, BinomialHasItsProbabilities) {
    Random random(13);
    constexpr int draws = 200'000;
    int twelves = 0;
    int threes = 0;
    for (int i = 0; i < draws; ++i) {
        twelves += random.binomial(40, 0.3) == 12 ? 1 : 0;
        threes += random.binomial(10, 0.2) == 3 ? 1 : 0;
    }
    // C(40, 12) 0.3^12 0.7^28 and C(10, 3) 0.2^3 0.8^7
    EXPECT_NEAR(static_cast<double>(twelves) / draws, 0.136574, 0.004);
    EXPECT_NEAR(static_cast<double>(threes) / draws, 0.201327, 0.004);
}

TEST(Random, NamedStreamsAreApart) {
    Random one = Random::named(42, "bootstrap", 3);
    Random same = Random::named(42, "bootstrap", 3);
    const std::uint64_t first = one.next();
    EXPECT_EQ(first, same.next());
    EXPECT_NE(first, Random::named(42, "bootstrap", 4).next());
    EXPECT_NE(first, Random::named(42, "permutation", 3).next());
    EXPECT_NE(first, Random::named(43, "bootstrap", 3).next());
}

TEST(Random, ChanceFollowsTheShare) {
    Random random(10);
    const Shape shape = shape_of([&] { return random.chance(0.25) ? 1 : 0; });
    EXPECT_NEAR(shape.mean, 0.25, 0.005);
    EXPECT_FALSE(random.chance(0));
    EXPECT_TRUE(random.chance(1));
}

}  // namespace
}  // namespace kokemus
