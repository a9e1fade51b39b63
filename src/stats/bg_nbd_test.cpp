#include "stats/bg_nbd.h"

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

/// As published for the 2,357 customers of CDNOW.
const BgNbd published{.r = .242593, .alpha = 4.413532, .a = .792886, .b = 2.425754};

std::vector<Visits> three_hundred() {
    std::ifstream file(Oracle::path("verdicts_visits.csv"));
    std::string line;
    std::getline(file, line);
    std::vector<Visits> pasts;
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        Visits visits;
        char comma = 0;
        fields >> visits.again >> comma >> visits.last >> comma >> visits.watched;
        pasts.push_back(visits);
    }
    return pasts;
}

TEST(BgNbd, TooFewOrNobodyAgain) {
    EXPECT_FALSE(fit_bg_nbd({}).has_value());
    EXPECT_FALSE(fit_bg_nbd(std::vector<Visits>(9, {2, 3, 10, 1})).has_value());
    EXPECT_FALSE(fit_bg_nbd(std::vector<Visits>(50, {0, 0, 10, 1})).has_value());
}

TEST(BgNbd, PastsOutOfOrderAreLeftOut) {
    std::vector<Visits> pasts = three_hundred();
    const auto clean = fit_bg_nbd(pasts);
    pasts.push_back({2, 30, 10, 1});
    pasts.push_back({2, -1, 10, 1});
    pasts.push_back({2, 1, std::nan(""), 1});
    const auto fit = fit_bg_nbd(pasts);
    ASSERT_TRUE(clean && fit);
    EXPECT_EQ(fit->subjects, 300U);
    EXPECT_EQ(fit->model.r, clean->model.r);
    EXPECT_EQ(fit->log_likelihood, clean->log_likelihood);
}

TEST(BgNbd, WhoNeverCameAgainCannotHaveLeft) {
    EXPECT_EQ(published.chance_there({0, 0, 38.86, 1}), 1.0);
    EXPECT_EQ(published.expected_visits({2, 30, 39, 1}, 0), 0.0);
    EXPECT_EQ(published.expected_visits({2, 30, 39, 1}, -5), 0.0);
}

TEST(BgNbd, Golden) {
    const Visits twice{2, 30.43, 38.86, 1};
    EXPECT_NEAR(published.expected_visits(twice, 39), 1.225910, 1e-5);
    EXPECT_NEAR(published.chance_there(twice), .726609, 1e-5);
    EXPECT_NEAR(published.expected_visits({0, 0, 38.86, 1}, 39), .194781, 1e-5);
}

TEST(BgNbd, NothingSpecialHappensWhereAIsOne) {
    const Visits visits{3, 20, 30, 1};
    const double at = BgNbd{.r = 1, .alpha = 8, .a = 1, .b = 2}.expected_visits(visits, 10);
    const double near = BgNbd{.r = 1, .alpha = 8, .a = 1.0005, .b = 2}.expected_visits(visits, 10);
    EXPECT_NEAR(at, near, 1e-3);
}

TEST(BgNbd, FitsAsR) {
    const Oracle oracle("verdicts.csv");
    const auto fit = fit_bg_nbd(three_hundred());
    ASSERT_TRUE(fit.has_value());
    EXPECT_TRUE(fit->settled);
    EXPECT_NEAR(fit->log_likelihood, oracle["visits.log_likelihood"], 1e-4);
    const double near = 5e-3;  // the top is flat
    EXPECT_NEAR(fit->model.r / oracle["visits.r"], 1, near);
    EXPECT_NEAR(fit->model.alpha / oracle["visits.alpha"], 1, near);
    EXPECT_NEAR(fit->model.a / oracle["visits.a"], 1, near);
    EXPECT_NEAR(fit->model.b / oracle["visits.b"], 1, near);
}

TEST(BgNbd, ExpectedVisitsAsSimulatedInR) {
    const Oracle oracle("verdicts.csv");
    // 100,000 simulated lives, watched from the first visit: x = 0, T = 0.
    const BgNbd model{.r = 1.2, .alpha = 6, .a = .8, .b = 2.5};
    EXPECT_NEAR(model.expected_visits({0, 0, 0, 1}, 52), oracle["visits.simulated"], .06);
}

TEST(BgNbd, AlikeCountsAsSoMany) {
    std::vector<Visits> once = three_hundred();
    std::vector<Visits> twice = once;
    twice.insert(twice.end(), once.begin(), once.end());
    for (Visits& visits : once) {
        visits.alike = 2;
    }
    const auto counted = fit_bg_nbd(once);
    const auto listed = fit_bg_nbd(twice);
    ASSERT_TRUE(counted && listed);
    EXPECT_EQ(counted->subjects, 600U);
    EXPECT_NEAR(counted->log_likelihood, listed->log_likelihood, 1e-6);
}

RC_GTEST_PROP(BgNbd, ChancesAndVisitsAreInBounds, ()) {
    const BgNbd model{.r = *rc::gen::inRange(1, 50) / 10.0,
                      .alpha = *rc::gen::inRange(1, 500) / 10.0,
                      .a = *rc::gen::inRange(1, 50) / 10.0,
                      .b = *rc::gen::inRange(1, 50) / 10.0};
    const auto again = *rc::gen::inRange<std::uint64_t>(1, 40);
    const double last = *rc::gen::inRange(0, 100);
    const double watched = last + *rc::gen::inRange(0, 100);
    const Visits visits{again, last, watched, 1};
    const double there = model.chance_there(visits);
    RC_ASSERT(there >= 0);
    RC_ASSERT(there <= 1);
    const double soon = model.expected_visits(visits, 10);
    RC_ASSERT(soon >= -1e-9);
    RC_ASSERT(model.expected_visits(visits, 20) >= soon - 1e-9);
    // Never more than at the pace of those who do not leave.
    const double pace = (model.r + static_cast<double>(again)) / (model.alpha + watched);
    RC_ASSERT(soon <= 10 * pace + 1e-9);
}

}  // namespace
}  // namespace kokemus::stats
