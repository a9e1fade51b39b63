#include "stats/beta_binomial.h"

#include <array>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/moments.h"

namespace kokemus::stats {
namespace {

constexpr double tolerance = 1e-6;

// methods.md a5
const std::vector<ShareCount>
    teams{{18, 20}, {90, 120}, {40, 50}, {9, 15}, {30, 60}, {5, 5}, {60, 80}, {22, 40}};

TEST(BetaBinomial, TooLittleSaysNothing) {
    EXPECT_FALSE(beta_prior({}));
    EXPECT_FALSE(beta_prior(std::vector<ShareCount>{{3, 10}}));
    EXPECT_FALSE(beta_prior(std::vector<ShareCount>{{3, 10}, {0, 0}}));
    EXPECT_FALSE(beta_prior(std::vector<ShareCount>{{0, 10}, {0, 20}}));
    EXPECT_FALSE(beta_prior(std::vector<ShareCount>{{10, 10}, {20, 20}}));
}

TEST(BetaBinomial, UnitsThatDoNotDifferAreOne) {
    const auto prior = beta_prior(std::vector<ShareCount>{{30, 100}, {60, 200}, {15, 50}});
    ASSERT_TRUE(prior);
    EXPECT_NEAR(prior->weight(), prior_weight_max, 1);
    EXPECT_NEAR(prior->mean(), .3, 1e-6);
}

TEST(BetaBinomial, UnitsAtTheEndsHaveNearlyNoPrior) {
    const auto prior = beta_prior(std::vector<ShareCount>{{0, 100}, {100, 100}});
    ASSERT_TRUE(prior);
    EXPECT_LT(prior->weight(), 1);
    EXPECT_NEAR(prior->mean(), .5, 1e-6);
}

TEST(BetaBinomial, GoldenPrior) {
    const auto prior = beta_prior(teams);
    ASSERT_TRUE(prior);
    EXPECT_NEAR(prior->a, 11.739726, 1e-3);
    EXPECT_NEAR(prior->b, 4.904272, 1e-3);
    EXPECT_NEAR(prior->weight(), 16.644, 1e-3);
}

TEST(BetaBinomial, GoldenShares) {
    const BetaPrior prior{11.739726, 4.904272, 0};
    const std::array<double, 8> estimates{
        .811585, .744561, .776360, .655408, .544592, .773412, .742309, .595645};
    const std::array<double, 8> lower{
        .697666, .681412, .688459, .512887, .450886, .615063, .666700, .487297};
    for (std::size_t i = 0; i < teams.size(); ++i) {
        const ShrunkenShare share(teams[i], prior);
        EXPECT_NEAR(share.estimate(), estimates[i], tolerance) << i;
        EXPECT_NEAR(share.lower(), lower[i], tolerance) << i;
        EXPECT_NEAR(share.above(share.lower()), .95, tolerance) << i;
    }
    // Five of five is the best raw share and the third when the others are known.
    EXPECT_LT(ShrunkenShare(teams[5], prior).estimate(), ShrunkenShare(teams[2], prior).estimate());
}

TEST(BetaBinomial, LikelihoodIsThatOfTheGoldenWithItsCoefficients) {
    const auto prior = beta_prior(teams);
    ASSERT_TRUE(prior);
    double coefficients = 0;
    for (const ShareCount& team : teams) {
        const auto n = static_cast<double>(team.n);
        const auto k = static_cast<double>(team.part);
        coefficients += std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
    }
    EXPECT_NEAR(prior->log_likelihood + coefficients, -23.658179, tolerance);
}

TEST(BetaBinomial, DrawsHaveTheMeanAndTheSpreadOfWhatIsBelieved) {
    for (const auto& [unit, prior] : {std::pair{ShareCount{5, 5}, BetaPrior{11.7, 4.9, 0}},
                                      std::pair{ShareCount{1, 900}, BetaPrior{0.4, 0.2, 0}},
                                      std::pair{ShareCount{0, 0}, BetaPrior{0.3, 0.7, 0}}}) {
        const ShrunkenShare share(unit, prior);
        Random random(7);
        Moments draws;
        for (int i = 0; i < 40'000; ++i) {
            const double draw = share.draw(random);
            ASSERT_TRUE(draw >= 0 && draw <= 1);
            draws.add(draw);
        }
        const double error = share.deviation() / 200;
        EXPECT_NEAR(draws.mean(), share.estimate(), 4 * error);
        EXPECT_NEAR(std::sqrt(draws.variance()), share.deviation(), 0.03 * share.deviation());
    }
}

RC_GTEST_PROP(BetaBinomial, FitIsATopAndSharesLieBetween, ()) {
    std::vector<ShareCount> units{{1, 3}, {2, 3}};
    for (const auto& [n, part] : *rc::gen::container<std::vector<std::pair<int, int>>>(
             rc::gen::pair(rc::gen::inRange(1, 60), rc::gen::inRange(0, 60)))) {
        units.push_back(
            ShareCount{static_cast<std::uint64_t>(part), static_cast<std::uint64_t>(n)});
    }
    const auto prior = beta_prior(units);
    RC_ASSERT(prior.has_value());
    RC_ASSERT(prior->a > 0 && prior->b > 0 && prior->weight() <= prior_weight_max * 1.000001);
    for (const ShareCount& unit : units) {
        const double raw =
            static_cast<double>(std::min(unit.part, unit.n)) / static_cast<double>(unit.n);
        const double estimate = ShrunkenShare(unit, *prior).estimate();
        RC_ASSERT(estimate >= std::min(raw, prior->mean()) - 1e-9);
        RC_ASSERT(estimate <= std::max(raw, prior->mean()) + 1e-9);
        const Interval interval = ShrunkenShare(unit, *prior).interval();
        RC_ASSERT(interval.low <= estimate && estimate <= interval.high);
    }
}

}  // namespace
}  // namespace kokemus::stats
