#include "stats/kaplan_meier.h"

#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "stats/oracle_test.h"
#include "stats/wilson.h"

namespace kokemus::stats {
namespace {

/// The maintained arm of the leukaemia trial in every textbook (Miller 1997).
const FollowUp maintained{11,
                          {{9, 1}, {13, 1}, {18, 1}, {23, 1}, {31, 1}, {34, 1}, {48, 1}},
                          {{13, 1}, {28, 1}, {45, 1}, {161, 1}}};

TEST(KaplanMeier, NobodySaysNothing) {
    const Survival survival = kaplan_meier(FollowUp{}, 168);
    EXPECT_FALSE(survival.reached);
    EXPECT_EQ(survival.interval.low, 0.0);
    EXPECT_EQ(survival.interval.high, 1.0);
}

TEST(KaplanMeier, NothingHappenedIsNotCertain) {
    const Survival survival = kaplan_meier(FollowUp{20, {}, {}}, 168);
    EXPECT_TRUE(survival.reached);
    EXPECT_EQ(survival.survival, 1.0);
    EXPECT_EQ(survival.standard_error, 0.0);
    EXPECT_EQ(survival.interval.low, wilson(20, 20).low);
    EXPECT_EQ(survival.interval.high, 1.0);
}

TEST(KaplanMeier, EverythingHappened) {
    const Survival survival = kaplan_meier(FollowUp{6, {{3, 2}, {5, 4}}, {}}, 168);
    EXPECT_TRUE(survival.reached);
    EXPECT_EQ(survival.survival, 0.0);
    EXPECT_EQ(survival.interval.low, 0.0);
    EXPECT_LT(survival.interval.high, 1.0);
}

TEST(KaplanMeier, NobodyFollowedToTheEndIsNotYetKnown) {
    EXPECT_FALSE(kaplan_meier(FollowUp{5, {{2, 1}}, {{3, 4}}}, 168).reached);
    EXPECT_TRUE(kaplan_meier(FollowUp{5, {{2, 1}}, {{3, 3}}}, 168).reached);
}

TEST(KaplanMeier, WhatHappensAtTheEndCountsAndLaterDoesNot) {
    EXPECT_EQ(kaplan_meier(FollowUp{4, {{168, 1}}, {}}, 168).survival, 0.75);
    EXPECT_EQ(kaplan_meier(FollowUp{4, {{169, 1}}, {}}, 168).survival, 1.0);
}

TEST(KaplanMeier, EventsComeBeforeCensoringsOfTheSameTime) {
    EXPECT_EQ(kaplan_meier(FollowUp{4, {{5, 1}}, {{5, 2}}}, 10).survival, 0.75);
    EXPECT_EQ(kaplan_meier(FollowUp{4, {{5, 1}}, {{4, 2}}}, 10).survival, 0.5);
}

TEST(KaplanMeier, WithoutCensoringIsWilson) {
    const Survival survival = kaplan_meier(FollowUp{60, {{1, 5}, {7, 10}}, {}}, 168);
    EXPECT_NEAR(survival.survival, 0.75, 1e-12);
    EXPECT_NEAR(survival.interval.low, wilson(45, 60).low, 1e-9);
    EXPECT_NEAR(survival.interval.high, wilson(45, 60).high, 1e-9);
}

TEST(KaplanMeier, AsR) {
    const Oracle oracle("stats.csv");
    for (const int until : {18, 34, 48}) {
        const std::string name = "km.maintained" + std::to_string(until);
        const Survival survival = kaplan_meier(maintained, until);
        EXPECT_NEAR(survival.survival, oracle[name + ".survival"], 1e-9);
        EXPECT_NEAR(survival.standard_error, oracle[name + ".error"], 1e-9);
        EXPECT_TRUE(survival.reached);
    }
}

TEST(KaplanMeier, FiveHundredContactsWithTiesAsR) {
    const Oracle oracle("stats.csv");
    std::ifstream file(Oracle::path("stats_contacts.csv"));
    std::string line;
    std::getline(file, line);
    FollowUp follow_up;
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        std::int64_t time = 0;
        char comma = 0;
        int event = 0;
        fields >> time >> comma >> event;
        ++follow_up.subjects;
        ++(event == 1 ? follow_up.events : follow_up.censored)[time];
    }
    ASSERT_EQ(follow_up.subjects, 500U);
    const Survival survival = kaplan_meier(follow_up, 168);
    EXPECT_NEAR(survival.survival, oracle["km.contacts168.survival"], 1e-9);
    EXPECT_NEAR(survival.standard_error, oracle["km.contacts168.error"], 1e-9);
}

RC_GTEST_PROP(KaplanMeier, LiesBetweenTheWorstAndTheBestTheCensoredCouldDo, ()) {
    FollowUp follow_up;
    follow_up.events = *rc::gen::container<std::map<std::int64_t, std::uint64_t>>(
        rc::gen::inRange<std::int64_t>(0, 168), rc::gen::inRange<std::uint64_t>(1, 9));
    follow_up.censored = *rc::gen::container<std::map<std::int64_t, std::uint64_t>>(
        rc::gen::inRange<std::int64_t>(0, 168), rc::gen::inRange<std::uint64_t>(1, 9));
    std::uint64_t events = 0;
    std::uint64_t censored = 0;
    for (const auto& [time, times] : follow_up.events) {
        events += times;
    }
    for (const auto& [time, times] : follow_up.censored) {
        censored += times;
    }
    const auto seen = *rc::gen::inRange<std::uint64_t>(1, 50);
    follow_up.subjects = events + censored + seen;
    const Survival survival = kaplan_meier(follow_up, 168);
    const auto all = static_cast<double>(follow_up.subjects);
    RC_ASSERT(survival.reached);
    RC_ASSERT(survival.survival <= static_cast<double>(seen + censored) / all + 1e-12);
    RC_ASSERT(survival.survival >= static_cast<double>(seen) / all - 1e-12);
    RC_ASSERT(survival.interval.low <= survival.survival);
    RC_ASSERT(survival.survival <= survival.interval.high);
}

}  // namespace
}  // namespace kokemus::stats
