#include "shape/session_gap.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"

namespace kokemus::shape {
namespace {

TEST(SessionGap, SessionsOfNothingAndOfOne) {
    EXPECT_TRUE(sessions({}, 30).empty());
    EXPECT_EQ(sessions(std::vector<std::int64_t>{7}, 30), std::vector<std::uint32_t>{1});
}

TEST(SessionGap, GoldenSessions) {
    const std::vector<std::int64_t> minutes{0, 10, 25, 70, 75, 200, 231};
    EXPECT_EQ(sessions(minutes, 30), (std::vector<std::uint32_t>{1, 1, 1, 2, 2, 3, 4}));
    EXPECT_EQ(sessions(minutes, 31).back(), 3U);  // as long as the gap is not longer
}

TEST(SessionGap, TooFewOrAllEqual) {
    EXPECT_FALSE(session_gap({}).has_value());
    EXPECT_FALSE(session_gap(std::vector<Pause>{{5, 50}, {500, 49}}).has_value());
    EXPECT_FALSE(session_gap(std::vector<Pause>{{5, 1000}}).has_value());
    EXPECT_FALSE(session_gap(std::vector<Pause>{{0, 1000}, {-3, 1000}}).has_value());
}

std::vector<Pause> mixture(std::uint64_t seed, double within_share, double distance) {
    Random random(seed);
    std::vector<Pause> pauses;
    for (int i = 0; i < 4000; ++i) {
        const bool within = random.chance(within_share);
        const double log = within ? random.normal(1, .8) : random.normal(1 + distance, 1.2);
        pauses.push_back(Pause{std::exp(log), 1});
    }
    return pauses;
}

TEST(SessionGap, FindsTheHumpsThatWerePut) {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        const auto found = session_gap(mixture(seed, .7, 6));
        ASSERT_TRUE(found.has_value());
        EXPECT_TRUE(found->apart);
        EXPECT_NEAR(std::log(found->within), 1, .08);
        EXPECT_NEAR(std::log(found->between), 7, .12);
        EXPECT_NEAR(found->within_share, .7, .03);
        EXPECT_NEAR(found->within_spread, .8, .06);
        EXPECT_NEAR(found->between_spread, 1.2, .1);
        // Equal density of .7 N(1, .8) and .3 N(7, 1.2): 3.5977, by R's uniroot.
        EXPECT_NEAR(std::log(found->gap), 3.5977, .15);
    }
}

TEST(SessionGap, OneHumpIsNotTwo) {
    const auto one = session_gap(mixture(5, 1, 0));
    ASSERT_TRUE(one.has_value());
    EXPECT_FALSE(one->apart);
}

TEST(SessionGap, AHumpUnderTheSlopeOfTheOtherEndsNoSession) {
    // .97 N(0, 1) + .03 N(2.5, 1.2): D is 2.46 (by R), and yet at 2.5 a pause lies sooner within.
    std::vector<Pause> pauses;
    for (int i = -80; i <= 120; ++i) {
        const double log = .05 * i;
        const double upper = (log - 2.5) / 1.2;
        const double density =
            .97 * std::exp(-log * log / 2) + .03 / 1.2 * std::exp(-upper * upper / 2);
        pauses.push_back(Pause{std::exp(log), static_cast<std::uint64_t>(1e7 * density)});
    }
    const auto found = session_gap(pauses);
    ASSERT_TRUE(found.has_value());
    EXPECT_NEAR(found->within_share, .973, .002);
    EXPECT_NEAR(std::log(found->between), 2.63, .02);
    EXPECT_FALSE(found->apart);
}

TEST(SessionGap, TimesCount) {
    const std::vector<Pause> counted{{2, 300}, {3, 300}, {900, 100}, {1500, 100}};
    std::vector<Pause> listed;
    for (const Pause& pause : counted) {
        for (std::uint64_t i = 0; i < pause.times; ++i) {
            listed.push_back(Pause{pause.length, 1});
        }
    }
    EXPECT_NEAR(session_gap(counted)->gap, session_gap(listed)->gap, 1e-6);
    EXPECT_TRUE(session_gap(counted)->apart);
}

RC_GTEST_PROP(SessionGap, ASessionHoldsNoLongerPause, ()) {
    std::vector<std::int64_t> times;
    std::int64_t at = 0;
    for (const int pause : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 60))) {
        at += pause;
        times.push_back(at);
    }
    const auto numbers = sessions(times, 30);
    for (std::size_t i = 1; i < times.size(); ++i) {
        RC_ASSERT((numbers[i] == numbers[i - 1]) == (times[i] - times[i - 1] <= 30));
    }
}

}  // namespace
}  // namespace kokemus::shape
