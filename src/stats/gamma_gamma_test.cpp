#include "stats/gamma_gamma.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/oracle_test.h"

namespace kokemus::stats {
namespace {

/// As published for CDNOW.
const GammaGamma published{.p = 6.2488, .q = 3.7446, .gamma = 15.4478};

std::vector<Spending> spenders() {
    std::ifstream file(Oracle::path("verdicts_visits.csv"));
    std::string line;
    std::getline(file, line);
    std::vector<Spending> spenders;
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        Spending spending;
        double last = 0;
        double watched = 0;
        char comma = 0;
        fields >> spending.visits >> comma >> last >> comma >> watched >> comma >> spending.mean;
        spenders.push_back(spending);
    }
    return spenders;
}

TEST(GammaGamma, TooFewOrNothingSpent) {
    EXPECT_FALSE(fit_gamma_gamma({}).has_value());
    EXPECT_FALSE(fit_gamma_gamma(std::vector<Spending>(50, {0, 0, 1})).has_value());
    EXPECT_FALSE(fit_gamma_gamma(std::vector<Spending>(50, {2, 0, 1})).has_value());
    EXPECT_FALSE(fit_gamma_gamma(std::vector<Spending>(50, {2, std::nan(""), 1})).has_value());
}

TEST(GammaGamma, Golden) {
    EXPECT_NEAR(published.population_mean(), 35.171, 5e-4);
    EXPECT_NEAR(published.expected_mean({2, 35, 1}), 35.030792, 1e-4);
}

TEST(GammaGamma, MeansThatDoNotExist) {
    EXPECT_TRUE(std::isinf(GammaGamma{.p = 1, .q = 1, .gamma = 1}.population_mean()));
    EXPECT_TRUE(std::isinf(GammaGamma{.p = .1, .q = .2, .gamma = 1}.expected_mean({1, 5, 1})));
}

TEST(GammaGamma, FitsAsR) {
    const Oracle oracle("verdicts.csv");
    const auto fit = fit_gamma_gamma(spenders());
    ASSERT_TRUE(fit.has_value());
    EXPECT_TRUE(fit->settled);
    EXPECT_NEAR(fit->log_likelihood, oracle["spending.log_likelihood"], 1e-4);
    const double near = 2e-2;  // the top is flat
    EXPECT_NEAR(fit->model.p / oracle["spending.p"], 1, near);
    EXPECT_NEAR(fit->model.q / oracle["spending.q"], 1, near);
    EXPECT_NEAR(fit->model.gamma / oracle["spending.gamma"], 1, near);
}

TEST(GammaGamma, TheUnitOfMoneyDoesNotMatter) {
    std::vector<Spending> cents = spenders();
    for (Spending& each : cents) {
        each.mean *= 100;
    }
    const auto in_cents = fit_gamma_gamma(cents);
    const auto in_euros = fit_gamma_gamma(spenders());
    ASSERT_TRUE(in_cents && in_euros);
    EXPECT_NEAR(in_cents->model.gamma / in_euros->model.gamma, 100, 1e-2);
    EXPECT_NEAR(in_cents->model.q, in_euros->model.q, 1e-4);
}

TEST(GammaGamma, ContractGolden) {
    EXPECT_NEAR(contract_value(120, .80, .10), 320, 1e-9);
    EXPECT_NEAR(contract_value(120, .812, .10) - 320, 18.333, 5e-4);
    EXPECT_TRUE(std::isinf(contract_value(120, 1, 0)));
    EXPECT_EQ(contract_value(120, 0, .1), 0.0);
}

RC_GTEST_PROP(GammaGamma, LiesBetweenTheOwnMeanAndThatOfAll, ()) {
    const auto visits = *rc::gen::inRange<std::uint64_t>(1, 100);
    const double mean = *rc::gen::inRange(1, 2000) / 10.0;
    const double expected = published.expected_mean({visits, mean, 1});
    const double all = published.population_mean();
    RC_ASSERT(expected >= std::min(mean, all) - 1e-9);
    RC_ASSERT(expected <= std::max(mean, all) + 1e-9);
}

}  // namespace
}  // namespace kokemus::stats
