#include "stats/paired_moments.h"

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::stats {
namespace {

TEST(PairedMoments, NoneAndOneDoNotMoveTogether) {
    PairedMoments moments;
    EXPECT_EQ(moments.covariance(), 0.0);
    EXPECT_EQ(moments.correlation(), 0.0);
    EXPECT_TRUE(moments.add(3, 4));
    EXPECT_EQ(moments.covariance(), 0.0);
    EXPECT_EQ(moments.correlation(), 0.0);
}

TEST(PairedMoments, WhatIsNotFiniteChangesNothing) {
    PairedMoments moments;
    EXPECT_FALSE(moments.add(std::numeric_limits<double>::quiet_NaN(), 1));
    EXPECT_FALSE(moments.add(1, std::numeric_limits<double>::infinity()));
    EXPECT_EQ(moments.count(), 0U);
}

TEST(PairedMoments, ConstantHasNoCorrelation) {
    PairedMoments moments;
    moments.add(1, 5);
    moments.add(2, 5);
    EXPECT_EQ(moments.correlation(), 0.0);
}

TEST(PairedMoments, LargeOffsetsDoNoHarm) {
    PairedMoments moments;
    for (const auto& [x, y] : {std::pair{1.0, 2.0}, {2.0, 1.0}, {3.0, 6.0}}) {
        moments.add(1e9 + x, y - 1e9);
    }
    EXPECT_NEAR(moments.covariance(), 2.0, 1e-6);
    EXPECT_NEAR(moments.correlation(), 2 / std::sqrt(7.0), 1e-6);
}

RC_GTEST_PROP(PairedMoments, MergeOfPartsEqualsTheWhole, ()) {
    const auto pairs = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(-20, 20), rc::gen::inRange(-20, 20)));
    const auto cut = *rc::gen::inRange<std::size_t>(0, pairs.size() + 1);
    PairedMoments left, right, whole;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        (i < cut ? left : right).add(pairs[i].first, pairs[i].second);
        whole.add(pairs[i].first, pairs[i].second);
    }
    left.merge(right);
    RC_ASSERT(left.count() == whole.count());
    RC_ASSERT(std::abs(left.products() - whole.products()) < 1e-6);
    RC_ASSERT(std::abs(left.correlation() - whole.correlation()) < 1e-6);
}

}  // namespace
}  // namespace kokemus::stats
