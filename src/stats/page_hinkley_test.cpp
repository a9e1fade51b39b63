#include "stats/page_hinkley.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::stats {
namespace {

TEST(PageHinkley, NothingAndConstantAreNoAlarm) {
    PageHinkley page(1, .05);
    EXPECT_FALSE(page.alarm());
    for (int i = 0; i < 50; ++i) {
        EXPECT_FALSE(page.add(1e9));
        EXPECT_EQ(page.value(), 0.0);
    }
}

TEST(PageHinkley, WhatIsNotFiniteChangesNothing) {
    PageHinkley page(1, .05);
    page.add(0);
    page.add(1);
    const double value = page.value();
    page.add(std::nan(""));
    EXPECT_EQ(page.value(), value);
}

TEST(PageHinkley, Golden) {
    PageHinkley page(4.5, .05);
    std::vector<double> values;
    std::vector<bool> alarms;
    for (const double z : {.2, -.5, .1, .4, -.3, 0.0, 1.2, .8, 1.5, .9, 1.7, 1.1}) {
        alarms.push_back(page.add(z));
        values.push_back(page.value());
    }
    EXPECT_NEAR(values[10], 4.155458, 1e-6);
    EXPECT_NEAR(values[11], 4.613791, 1e-6);
    EXPECT_FALSE(alarms[10]);
    EXPECT_TRUE(alarms[11]);
}

RC_GTEST_PROP(PageHinkley, DoesNotCareForTheLevel, ()) {
    const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-30, 30));
    PageHinkley here(5, .05);
    PageHinkley there(5, .05);
    for (const int step : steps) {
        here.add(step);
        there.add(step + 1000);
        RC_ASSERT(here.value() >= 0);
        RC_ASSERT(std::abs(here.value() - there.value()) < 1e-8);
    }
}

}  // namespace
}  // namespace kokemus::stats
