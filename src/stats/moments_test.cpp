#include "stats/moments.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::stats {
namespace {

Moments of(const std::vector<double>& values) {
    Moments moments;
    for (const double value : values) {
        moments.add(value);
    }
    return moments;
}

TEST(Moments, EmptyIsAllZero) {
    const Moments moments;
    EXPECT_EQ(moments.count(), 0U);
    EXPECT_EQ(moments.mean(), 0.0);
    EXPECT_EQ(moments.variance(), 0.0);
}

TEST(Moments, OneValueHasNoVariance) {
    const Moments moments = of({7});
    EXPECT_EQ(moments.count(), 1U);
    EXPECT_EQ(moments.mean(), 7.0);
    EXPECT_EQ(moments.variance(), 0.0);
}

TEST(Moments, ConstantHasNoVariance) {
    EXPECT_EQ(of({0.1, 0.1, 0.1, 0.1}).variance(), 0.0);
}

TEST(Moments, RefusesWhatIsNotFinite) {
    Moments moments = of({1, 2});
    const Moments before = moments;
    EXPECT_FALSE(moments.add(std::nan("")));
    EXPECT_FALSE(moments.add(std::numeric_limits<double>::infinity()));
    EXPECT_EQ(moments, before);
    EXPECT_TRUE(moments.add(3));
    EXPECT_EQ(moments.count(), 3U);
}

TEST(Moments, KnownNumbers) {
    // methods.md a3: mean 5.714286, s 1.799471
    const Moments moments = of({7, 6, 7, 5, 2, 6, 7});
    EXPECT_NEAR(moments.mean(), 5.714286, 1e-6);
    EXPECT_NEAR(std::sqrt(moments.variance()), 1.799471, 1e-6);
    EXPECT_NEAR(moments.sum(), 40, 1e-12);
}

TEST(Moments, LargeOffsetDoesNoHarm) {
    EXPECT_NEAR(of({1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16}).variance(), 30.0, 1e-6);
}

TEST(Moments, FromSufficientStatistics) {
    EXPECT_EQ(Moments::from(4, 2.5, 5.0), of({1, 2, 3, 4}));
    EXPECT_EQ(Moments::from(0, 9.0, 3.0), Moments());
    EXPECT_EQ(Moments::from(3, 1.0, -1e-18).variance(), 0.0);
}

TEST(Moments, WithoutGivesTheOthers) {
    const Moments all = of({1, 2, 3, 10, 20});
    const Moments others = all.without(of({1, 2, 3}));
    EXPECT_EQ(others.count(), 2U);
    EXPECT_NEAR(others.mean(), 15, 1e-12);
    EXPECT_NEAR(others.variance(), 50, 1e-9);
    EXPECT_EQ(all.without(all), Moments());
    EXPECT_EQ(all.without(Moments()), all);
}

RC_GTEST_PROP(Moments, MergeOfPartsEqualsTheWhole, ()) {
    const auto left = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-1000, 1000));
    const auto right = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-1000, 1000));
    std::vector<double> all(left.begin(), left.end());
    all.insert(all.end(), right.begin(), right.end());
    Moments merged = of(std::vector<double>(left.begin(), left.end()));
    merged.merge(of(std::vector<double>(right.begin(), right.end())));
    const Moments whole = of(all);
    RC_ASSERT(merged.count() == whole.count());
    RC_ASSERT(std::abs(merged.mean() - whole.mean()) <= 1e-9 * (1 + std::abs(whole.mean())));
    RC_ASSERT(std::abs(merged.variance() - whole.variance()) <= 1e-9 * (1 + whole.variance()));
}

}  // namespace
}  // namespace kokemus::stats
