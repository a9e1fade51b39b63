#include "stats/ewma.h"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::stats {
namespace {

TEST(Ewma, NothingSeenIsNoAlarm) {
    EXPECT_EQ(Ewma().limit(), 0.0);
    EXPECT_FALSE(Ewma().alarm());
}

TEST(Ewma, WhatIsNotFiniteChangesNothing) {
    Ewma ewma;
    ewma.add(1);
    const double limit = ewma.limit();
    EXPECT_FALSE(ewma.add(std::nan("")));
    EXPECT_NEAR(ewma.value(), .2, 1e-12);
    EXPECT_EQ(ewma.limit(), limit);
}

TEST(Ewma, Golden) {
    Ewma ewma(.2, 2.86);
    bool alarm = false;
    for (const double z : {.2, -.5, .1, .4, -.3, 0.0, 1.2, .8, 1.5, .9, 1.7, 1.1}) {
        alarm = ewma.add(z) || alarm;
    }
    EXPECT_NEAR(ewma.value(), .901201, 1e-6);
    EXPECT_NEAR(ewma.limit(), .951080, 1e-6);
    EXPECT_FALSE(alarm);
}

TEST(Ewma, EitherSideAlarms) {
    Ewma up;
    Ewma down;
    EXPECT_TRUE(up.add(2.87));
    EXPECT_TRUE(down.add(-2.87));
    EXPECT_FALSE(Ewma().add(2.85));
}

RC_GTEST_PROP(Ewma, ComesToWhereTheValuesAre, ()) {
    const double level = *rc::gen::inRange(-100, 100) / 10.0;
    Ewma ewma;
    for (int i = 0; i < 200; ++i) {
        ewma.add(level);
    }
    RC_ASSERT(std::abs(ewma.value() - level) < 1e-9);
    RC_ASSERT(std::abs(ewma.limit() - 2.86 / 3) < 1e-9);
}

}  // namespace
}  // namespace kokemus::stats
