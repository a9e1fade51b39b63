#include "stats/synthetic_control.h"

#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

using Donors = std::vector<std::vector<double>>;

const Donors donors{{10, 11, 12, 13, 12, 14},
                    {20, 19, 21, 22, 23, 24},
                    {5, 6, 5, 7, 8, 7},
                    {15, 15, 16, 18, 17, 19}};

TEST(SyntheticControl, NothingToMix) {
    const std::vector<double> target{1, 2, 3};
    EXPECT_FALSE(nearest_mixture(target, Donors{}).has_value());
    EXPECT_FALSE(nearest_mixture({}, Donors{{}}).has_value());
    EXPECT_FALSE(nearest_mixture(target, Donors{{1, 2}}).has_value());
    EXPECT_FALSE(synthetic_control(target, Donors{{1, 2, 3}}, 0).has_value());
    EXPECT_FALSE(synthetic_control(target, Donors{{1, 2, 3}}, 3).has_value());
}

TEST(SyntheticControl, OneDonorIsAllThereIs) {
    const auto mixture = nearest_mixture(std::vector<double>{1, 2}, Donors{{5, 6}});
    ASSERT_TRUE(mixture.has_value());
    EXPECT_EQ(mixture->weights, std::vector<double>{1.0});
    EXPECT_NEAR(mixture->error, 4, 1e-12);
}

TEST(SyntheticControl, OfDonorsThatAreAlikeTheFirstIsTaken) {
    const auto mixture = nearest_mixture(std::vector<double>{1, 2}, Donors{{1, 3}, {1, 3}});
    ASSERT_TRUE(mixture.has_value());
    EXPECT_EQ(mixture->weights, (std::vector<double>{1, 0}));
}

TEST(SyntheticControl, Golden) {
    const std::vector<double> target{14.05, 14.15, 15.52, 16.68, 16.30, 18.0};
    const auto mixture = nearest_mixture(target, donors);
    ASSERT_TRUE(mixture.has_value());
    const std::array expected{.51009, .31371, .00173, .17447};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_NEAR(mixture->weights[i], expected[i], 1e-3) << i;
    }
    EXPECT_NEAR(mixture->error, .029524, 1e-3);
}

TEST(SyntheticControl, FindsTheEffectThatWasPut) {
    Random random(8);
    Donors many(24);
    std::vector<double> target;
    double season = 0;
    for (int i = 0; i < 40; ++i) {
        season += random.normal();
        for (std::size_t donor = 0; donor < many.size(); ++donor) {
            const auto place = static_cast<double>(donor);
            many[donor].push_back(20 + place + season * (1 + place / 24) + random.normal(0, .3));
        }
        target.push_back(32 + season * 1.5 + random.normal(0, .3) + (i >= 30 ? 3 : 0));
    }
    const auto control = synthetic_control(target, many, 30);
    ASSERT_TRUE(control.has_value());
    EXPECT_NEAR(control->effect, 3, .5);
    EXPECT_EQ(control->placebo.rank, 1U);
    EXPECT_TRUE(control->placebo.enough);
    EXPECT_EQ(control->without.size(), target.size());
}

RC_GTEST_PROP(SyntheticControl, NoLittleShiftOfWeightComesNearer, ()) {
    Random random(*rc::gen::arbitrary<std::uint64_t>());
    const std::size_t length = 3 + random.below(12);
    Donors some(2 + random.below(6));
    std::vector<double> target(length);
    for (auto& donor : some) {
        for (std::size_t i = 0; i < length; ++i) {
            donor.push_back(random.normal(0, 3));
        }
    }
    for (double& value : target) {
        value = random.normal();
    }
    const auto mixture = nearest_mixture(target, some);
    RC_ASSERT(mixture.has_value());
    const auto& weights = mixture->weights;
    RC_ASSERT(std::abs(std::accumulate(weights.begin(), weights.end(), 0.0) - 1) < 1e-9);
    const auto error = [&](const std::vector<double>& mixed) {
        double sum = 0;
        for (std::size_t i = 0; i < length; ++i) {
            double gap = target[i];
            for (std::size_t donor = 0; donor < some.size(); ++donor) {
                gap -= mixed[donor] * some[donor][i];
            }
            sum += gap * gap;
        }
        return sum;
    };
    for (std::size_t from = 0; from < some.size(); ++from) {
        RC_ASSERT(weights[from] >= 0);
        for (std::size_t to = 0; to < some.size(); ++to) {
            std::vector<double> shifted = weights;
            const double little = std::min(1e-3, shifted[from]);
            shifted[from] -= little;
            shifted[to] += little;
            RC_ASSERT(error(shifted) >= error(weights) - 1e-9);
        }
    }
}

}  // namespace
}  // namespace kokemus::stats
