#include "stats/shrinkage.h"

#include <array>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/oracle_test.h"

namespace kokemus::stats {
namespace {

constexpr double tolerance = 1e-6;

struct Team {
    double mean = 0;
    double n = 0;
};

std::vector<Measured> measured(const std::vector<Team>& teams, double variance = 4) {
    std::vector<Measured> units;
    for (const Team& team : teams) {
        units.push_back(Measured{team.mean, variance / team.n});
    }
    return units;
}

// methods.md a5
const std::vector<Team> first_set{{8.6, 8},
                                  {8.2, 120},
                                  {7.0, 45},
                                  {8.3, 25},
                                  {6.4, 10},
                                  {7.5, 200}};
const std::vector<Team> second_set{{8.9, 8},
                                   {7.8, 120},
                                   {7.2, 45},
                                   {8.1, 15},
                                   {6.4, 10},
                                   {7.5, 200}};

Shrinkage shrunken(const std::vector<Measured>& units) {
    return shrink(units, between_variance(units, BetweenVariance::PauleMandel));
}

TEST(Shrinkage, NoneAndOne) {
    EXPECT_EQ(between_variance({}, BetweenVariance::PauleMandel), 0.0);
    EXPECT_TRUE(shrink({}, 0).units.empty());
    const std::vector<Measured> one = measured({{8, 10}});
    for (const auto method : {BetweenVariance::PauleMandel,
                              BetweenVariance::DerSimonianLaird,
                              BetweenVariance::RestrictedMaximum}) {
        EXPECT_EQ(between_variance(one, method), 0.0);
    }
    const Shrinkage alone = shrunken(one);
    EXPECT_NEAR(alone.units[0].estimate, 8, 1e-12);
    EXPECT_NEAR(alone.units[0].deviation, std::sqrt(.4), 1e-12);
    EXPECT_EQ(alone.p_value, 1.0);
}

TEST(Shrinkage, UnitsThatDoNotDifferAllGetTheMean) {
    const std::vector<Measured> units = measured({{7, 10}, {7, 20}, {7, 30}});
    for (const auto method : {BetweenVariance::PauleMandel,
                              BetweenVariance::DerSimonianLaird,
                              BetweenVariance::RestrictedMaximum}) {
        EXPECT_EQ(between_variance(units, method), 0.0);
    }
    const Shrinkage same = shrunken(measured({{7.1, 10}, {6.9, 10}, {7, 10}}));
    EXPECT_EQ(same.between_variance, 0.0);
    EXPECT_EQ(same.i_squared, 0.0);
    for (const Shrunken& unit : same.units) {
        EXPECT_NEAR(unit.estimate, 7, 1e-12);
        EXPECT_NEAR(unit.above, .5, 1e-9);
    }
}

TEST(Shrinkage, GoldenBetweenVariances) {
    const std::vector<Measured> first = measured(first_set);
    EXPECT_NEAR(between_variance(first, BetweenVariance::PauleMandel), .440918, tolerance);
    EXPECT_NEAR(between_variance(first, BetweenVariance::DerSimonianLaird), .270445, tolerance);
    const std::vector<Measured> second = measured(second_set);
    EXPECT_NEAR(between_variance(second, BetweenVariance::DerSimonianLaird), .099922, tolerance);
    EXPECT_NEAR(between_variance(second, BetweenVariance::PauleMandel), .322814, tolerance);
    EXPECT_NEAR(between_variance(second, BetweenVariance::RestrictedMaximum), .057723, tolerance);
}

TEST(Shrinkage, GoldenUnits) {
    const Shrinkage shrinkage = shrunken(measured(first_set));
    EXPECT_NEAR(shrinkage.q, 23.104259, tolerance);
    EXPECT_NEAR(shrinkage.i_squared, .783590, tolerance);
    EXPECT_NEAR(shrinkage.mean, 7.671056, tolerance);
    const std::array<double, 6> estimates{
        8.106363, 8.162823, 7.112587, 8.132538, 7.004604, 7.507422};
    const std::array<double, 6> deviations{.512163, .177427, .277070, .352747, .481845, .138993};
    const std::array<double, 6> above{.802320, .997211, .021919, .904606, .083313, .119541};
    for (std::size_t i = 0; i < estimates.size(); ++i) {
        EXPECT_NEAR(shrinkage.units[i].estimate, estimates[i], tolerance) << i;
        EXPECT_NEAR(shrinkage.units[i].deviation, deviations[i], tolerance) << i;
        EXPECT_NEAR(shrinkage.units[i].above, above[i], tolerance) << i;
    }
    // By raw mean the first leads with 8 answers; shrunken, the second and the fourth pass it.
    EXPECT_GT(shrinkage.units[1].estimate, shrinkage.units[3].estimate);
    EXPECT_GT(shrinkage.units[3].estimate, shrinkage.units[0].estimate);
}

TEST(Shrinkage, AgreesWithMetafor) {
    const Oracle oracle("league.csv");
    for (const auto& [name, set] :
         {std::pair{"first", first_set}, std::pair{"second", second_set}}) {
        const std::vector<Measured> units = measured(set);
        const std::string key = std::string("rma.") + name;
        EXPECT_NEAR(between_variance(units, BetweenVariance::RestrictedMaximum),
                    oracle[key + ".reml"],
                    1e-5);
        EXPECT_NEAR(
            between_variance(units, BetweenVariance::PauleMandel), oracle[key + ".pm"], 1e-4);
        const Shrinkage shrinkage =
            shrink(units, between_variance(units, BetweenVariance::DerSimonianLaird));
        EXPECT_NEAR(shrinkage.mean, oracle[key + ".mean"], tolerance);
        EXPECT_NEAR(shrinkage.mean_deviation, oracle[key + ".error"], tolerance);
        EXPECT_NEAR(shrinkage.p_value, oracle[key + ".qp"], tolerance);
        EXPECT_NEAR(shrinkage.units[0].estimate, oracle[key + ".blup1"], tolerance);
        EXPECT_NEAR(shrinkage.units[0].deviation, oracle[key + ".blup1error"], tolerance);
    }
}

TEST(Shrinkage, LowerLimitIsAQuantile) {
    const Shrunken unit{7, .5, .5, .5};
    EXPECT_NEAR(unit.lower(.95), 7 - 1.644853626951472 * .5, 1e-12);
    EXPECT_NEAR(unit.interval().high, 7 + 1.959963984540054 * .5, 1e-12);
}

TEST(Inseparable, NoneOneAndAllAlike) {
    EXPECT_TRUE(inseparable({}).empty());
    EXPECT_EQ(inseparable(std::vector<Shrunken>(1)).size(), 1U);
    EXPECT_EQ(inseparable(std::vector<Shrunken>(4)).size(), 1U);  // deviation 0, all the same
    const auto apart = inseparable(std::vector<Shrunken>{{1, 0, 1, 0}, {2, 0, 1, 0}});
    EXPECT_EQ(apart, (std::vector<std::vector<std::size_t>>{{1}, {0}}));
}

TEST(Inseparable, ChainsOverlap) {
    // Neighbours are 1.5 deviations of their difference apart, those two steps away 3.
    const double deviation = 1 / std::sqrt(2.0);
    const std::vector<Shrunken> units{
        {0, deviation, 1, 0}, {3, deviation, 1, 0}, {1.5, deviation, 1, 0}};
    EXPECT_EQ(inseparable(units), (std::vector<std::vector<std::size_t>>{{1, 2}, {2, 0}}));
}

RC_GTEST_PROP(Inseparable, NoSharedRunMeansToldApart, ()) {
    std::vector<Shrunken> units;
    for (const auto& [mean, deviation] : *rc::gen::container<std::vector<std::pair<int, int>>>(
             rc::gen::pair(rc::gen::inRange(0, 100), rc::gen::inRange(1, 30)))) {
        units.push_back(Shrunken{mean / 10.0, deviation / 10.0, 1, 0});
    }
    const auto runs = inseparable(units);
    std::size_t held = 0;
    for (std::size_t a = 0; a < units.size(); ++a) {
        for (std::size_t b = 0; b < units.size(); ++b) {
            bool shared = false;
            for (const auto& run : runs) {
                shared = shared || (std::count(run.begin(), run.end(), a) > 0 &&
                                    std::count(run.begin(), run.end(), b) > 0);
            }
            held += a == b && shared ? 1 : 0;
            RC_ASSERT(shared || probability_above(units[a], units[b]) >= .95 ||
                      probability_above(units[b], units[a]) >= .95);
        }
    }
    RC_ASSERT(held == units.size());
}

RC_GTEST_PROP(Shrinkage, EachUnitLiesBetweenItsMeasurementAndTheMean, ()) {
    std::vector<Measured> units;
    for (const auto& [estimate, n] :
         *rc::gen::nonEmpty(rc::gen::container<std::vector<std::pair<int, int>>>(
             rc::gen::pair(rc::gen::inRange(0, 100), rc::gen::inRange(1, 300))))) {
        units.push_back(Measured{estimate / 10.0, 4.0 / n});
    }
    for (const auto method : {BetweenVariance::PauleMandel,
                              BetweenVariance::DerSimonianLaird,
                              BetweenVariance::RestrictedMaximum}) {
        const double between = between_variance(units, method);
        RC_ASSERT(std::isfinite(between) && between >= 0);
        const Shrinkage all = shrink(units, between);
        for (std::size_t i = 0; i < units.size(); ++i) {
            const double low = std::min(units[i].estimate, all.mean) - 1e-9;
            const double high = std::max(units[i].estimate, all.mean) + 1e-9;
            RC_ASSERT(all.units[i].estimate >= low && all.units[i].estimate <= high);
        }
    }
}

TEST(Shrinkage, RunsEndWhateverConfidenceIsAskedFor) {
    const Shrinkage all = shrink(std::vector<Measured>{{3, .1}, {2, .1}, {1, .1}}, .5);
    EXPECT_EQ(inseparable(all.units, .5).size(), 3U);
    EXPECT_EQ(inseparable(all.units, .1).size(), 3U);
}

}  // namespace
}  // namespace kokemus::stats
