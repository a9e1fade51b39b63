#include "stats/funnel_plot.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

namespace kokemus::stats {
namespace {

// methods.md a5
const std::vector<ShareCount>
    teams{{18, 20}, {90, 120}, {40, 50}, {9, 15}, {30, 60}, {5, 5}, {60, 80}, {22, 40}};

TEST(FunnelPlot, NoneAndWithoutAnswers) {
    EXPECT_TRUE(funnel_plot({}, .5).points.empty());
    EXPECT_EQ(share_of_all({}), 0.0);
    const std::vector<ShareCount> silent{{0, 0}};
    const Funnel funnel = funnel_plot(silent, .5);
    EXPECT_FALSE(funnel.points[0].beyond);
    EXPECT_EQ(funnel.overdispersion, 0.0);
    EXPECT_EQ(funnel.limits(0).high, 1.0);
}

TEST(FunnelPlot, ATargetAtTheEndAllowsNothingElse) {
    const std::vector<ShareCount> units{{10, 10}, {9, 10}};
    const Funnel funnel = funnel_plot(units, 1);
    EXPECT_FALSE(funnel.points[0].beyond);
    EXPECT_TRUE(funnel.points[1].beyond);
}

TEST(FunnelPlot, Golden) {
    const double target = share_of_all(teams);
    EXPECT_NEAR(target, .702564, 1e-6);
    const Funnel funnel = funnel_plot(teams, target);
    const std::array<double, 8> z{1.9315, 1.1367, 1.5072, -.8690, -3.4324, 1.4549, .9281, -2.1108};
    for (std::size_t i = 0; i < z.size(); ++i) {
        EXPECT_NEAR(funnel.points[i].z, z[i], 5e-5) << i;
    }
    EXPECT_NEAR(funnel.overdispersion, 3.408083, 1e-6);
}

TEST(FunnelPlot, LimitsAreWidenedByTheOverdispersion) {
    const Funnel funnel = funnel_plot(teams, share_of_all(teams));
    const Interval limits = funnel.limits(60);
    const double half = 1.959963984540054 * std::sqrt(3.408083 * .702564 * .297436 / 60);
    EXPECT_NEAR(limits.low, .702564 - half, 1e-5);
    EXPECT_NEAR(limits.high, .702564 + half, 1e-5);
    // Without widening the fifth and the last would stand out; with it none does.
    for (const FunnelPoint& point : funnel.points) {
        EXPECT_FALSE(point.beyond);
    }
}

TEST(FunnelPlot, LimitsAreNeverNarrowedAndOneOutlierStandsOut) {
    std::vector<ShareCount> units(40, ShareCount{50, 100});
    EXPECT_EQ(funnel_plot(units, .5).overdispersion, 0.0);
    EXPECT_NEAR(funnel_plot(units, .5).limits(100).high, .5 + 1.959963984540054 * .05, 1e-9);
    units[7] = ShareCount{80, 100};
    EXPECT_TRUE(funnel_plot(units, .5).points[7].beyond);
}

}  // namespace
}  // namespace kokemus::stats
