#include "metric/league.h"

#include <cmath>

#include <gtest/gtest.h>

#include "blueprint/built_in.h"
#include "stats/funnel_plot.h"

namespace kokemus::metric {
namespace {

using blueprint::MetricKind;

Definition defined(MetricKind kind, const std::string& scale = "") {
    blueprint::Metric metric;
    metric.name = "m";
    metric.kind = kind;
    metric.scale = scale;
    metric.minimum = 1;
    return define(metric, blueprint::with_built_ins({}));
}

/// So many answers of 1..5: moments and levels, with this mean and this sum of squares within.
LeagueUnitCounts scored(std::string name, const std::vector<double>& scores) {
    LeagueUnitCounts unit;
    unit.name = std::move(name);
    for (const double score : scores) {
        unit.whole.scores.add(score);
        ++unit.whole.levels[score];
    }
    return unit;
}

LeagueUnitCounts shared(std::string name, std::uint64_t kept, std::uint64_t decided) {
    LeagueUnitCounts unit;
    unit.name = std::move(name);
    unit.whole.kept = kept;
    unit.whole.broken = decided - kept;
    return unit;
}

const LeagueUnit& unit_of(const League& league, const std::string& name) {
    for (const LeagueUnit& unit : league.units) {
        if (unit.name == name) {
            return unit;
        }
    }
    ADD_FAILURE() << name;
    return league.units.front();
}

/// Methods a5: eight teams.
LeagueCounts eight_teams() {
    const std::vector<std::uint64_t> kept{18, 90, 40, 9, 30, 5, 60, 22};
    const std::vector<std::uint64_t> decided{20, 120, 50, 15, 60, 5, 80, 40};
    LeagueCounts counts;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        counts.units.push_back(
            shared(std::string(1, static_cast<char>('A' + i)), kept[i], decided[i]));
    }
    return counts;
}

TEST(League, SharesAreDrawnTogether) {
    const League eight = league(defined(MetricKind::Kept), eight_teams());
    EXPECT_TRUE(eight.differ);
    EXPECT_NEAR(unit_of(eight, "A").shrunken.is.estimate, 0.811585, 1e-4);
    EXPECT_NEAR(unit_of(eight, "F").shrunken.is.estimate, 0.773412, 1e-4);
    EXPECT_NEAR(unit_of(eight, "E").shrunken.is.estimate, 0.544592, 1e-4);
    EXPECT_EQ(unit_of(eight, "F").measured.is.estimate, 1.0);
    EXPECT_EQ(eight.units.front().name, "A");
    EXPECT_EQ(eight.units.back().name, "E");
    EXPECT_NEAR(unit_of(eight, "F").reliability, 5 / (5 + 16.644), 1e-3);
    EXPECT_LE(unit_of(eight, "F").rank->interval.low, 2);
    EXPECT_GE(unit_of(eight, "F").rank->interval.high, 5) << "five answers say little of a rank";
}

TEST(League, TheFunnelIsSpiegelhalters) {
    const LeagueCounts counts = eight_teams();
    const League eight = league(defined(MetricKind::Kept), counts);
    EXPECT_NEAR(eight.all, 0.702564, 1e-6);
    EXPECT_NEAR(eight.overdispersion, 3.408083, 1e-5);
    EXPECT_NEAR(unit_of(eight, "E").funnel.z, -3.4324, 1e-4);
    std::vector<stats::ShareCount> units;
    for (const LeagueUnitCounts& unit : counts.units) {
        units.push_back({unit.whole.kept, unit.whole.kept + unit.whole.broken});
    }
    const stats::Funnel funnel = stats::funnel_plot(units, eight.all);
    for (std::size_t i = 0; i < units.size(); ++i) {
        const LeagueUnit& unit = unit_of(eight, counts.units[i].name);
        EXPECT_NEAR(unit.funnel.z, funnel.points[i].z, 1e-9);
        EXPECT_EQ(unit.funnel.beyond, funnel.points[i].beyond);
        const auto limits = funnel.limits(static_cast<double>(units[i].n));
        EXPECT_NEAR(unit.funnel.limits.low, limits.low, 1e-9);
        EXPECT_NEAR(unit.funnel.limits.high, limits.high, 1e-9);
    }
}

TEST(League, MeansByPauleAndMandel) {
    // Of one answer 2 above or below: variance 4 n / (n - 1) pooled; means as in methods a5.
    const std::vector<double> means{8.6, 8.2, 7.0, 8.3, 6.4, 7.5};
    const std::vector<std::size_t> sizes{8, 120, 46, 26, 10, 200};
    LeagueCounts counts;
    for (std::size_t i = 0; i < means.size(); ++i) {
        std::vector<double> scores;
        for (std::size_t k = 0; k < sizes[i]; ++k) {
            scores.push_back(means[i] + (k % 2 == 0 ? 2 : -2));
        }
        counts.units.push_back(scored(std::string(1, static_cast<char>('1' + i)), scores));
    }
    const League six = league(defined(MetricKind::Mean, "nps"), counts);
    ASSERT_EQ(six.units.size(), 6U);
    EXPECT_EQ(six.units[0].name, "2") << "the raw order begins with 1, which has eight answers";
    EXPECT_NEAR(six.between_deviation, std::sqrt(0.44), 0.02);
    EXPECT_GT(unit_of(six, "2").above, 0.99);
    EXPECT_LT(unit_of(six, "3").above, 0.05);
    EXPECT_FALSE(six.inseparable.empty());
}

TEST(League, AShopThatIsLessEvenThanOthers) {
    LeagueCounts counts;  // methods a6
    counts.units = {scored("1", {8, 9, 8, 9, 8}),
                    scored("2", {7, 9, 5, 10, 6}),
                    scored("3", {8, 8, 7, 8, 8}),
                    scored("4", {6, 7, 6, 5, 7})};
    const League shops = league(defined(MetricKind::Mean, "nps"), counts);
    ASSERT_TRUE(shops.consistency && shops.spread);
    EXPECT_NEAR(shops.consistency->icc, 0.299660, 1e-6);
    EXPECT_NEAR(shops.spread->f, 3.682540, 1e-6);
    EXPECT_NEAR(shops.spread->p_value, 0.034409, 1e-6);
    EXPECT_NEAR(*unit_of(shops, "2").deviation, 2.073644, 1e-6);
}

TEST(League, PeopleOfWhomTooLittleIsKnownAreNotRanked) {
    LeagueCounts counts = eight_teams();
    counts.are_people = true;
    const League people = league(defined(MetricKind::Kept), counts);
    const LeagueUnit& few = unit_of(people, "F");
    EXPECT_FALSE(few.rank);
    EXPECT_NE(few.why_no_rank.find("about 67 are needed"), std::string::npos) << few.why_no_rank;
    EXPECT_TRUE(unit_of(people, "B").rank) << "120 of 16.6 + 120";
    EXPECT_TRUE(people.units.front().rank);
    EXPECT_FALSE(people.units.back().rank);
}

TEST(League, OnePersonWithEnoughAnswersIsAlone) {
    LeagueCounts counts;
    counts.are_people = true;
    counts.units = {shared("a", 5, 10), shared("b", 200, 400), shared("c", 9, 10)};
    const League people = league(defined(MetricKind::Kept), counts);
    for (const LeagueUnit& unit : people.units) {
        EXPECT_FALSE(unit.rank) << unit.name;
        EXPECT_FALSE(unit.why_no_rank.empty()) << unit.name;
    }
}

TEST(League, UnitsThatDoNotDiffer) {
    LeagueCounts counts;
    counts.units = {shared("a", 50, 100), shared("b", 51, 100), shared("c", 49, 100)};
    const League same = league(defined(MetricKind::Kept), counts);
    EXPECT_FALSE(same.differ);
    EXPECT_FALSE(same.answers_needed);
    ASSERT_EQ(same.inseparable.size(), 1U);
    EXPECT_EQ(same.inseparable.front().size(), 3U);
    EXPECT_EQ(unit_of(same, "a").reliability, 0);
}

TEST(League, OfNobodyOneAndAgreement) {
    EXPECT_TRUE(league(defined(MetricKind::Kept), {}).units.empty());
    LeagueCounts one;
    one.units = {shared("a", 5, 10), shared("none", 0, 0)};
    const League alone = league(defined(MetricKind::Kept), one);
    ASSERT_EQ(alone.units.size(), 1U);
    EXPECT_FALSE(alone.differ);
    EXPECT_FALSE(alone.units.front().rank);
    LeagueCounts agree;
    agree.units = {shared("a", 10, 10), shared("b", 20, 20)};
    const League all_kept = league(defined(MetricKind::Kept), agree);
    EXPECT_FALSE(all_kept.differ);
    EXPECT_EQ(all_kept.units.size(), 2U);
}

TEST(League, AdjustedForTheMixOfCases) {
    // Methods g4: 69 and 39 expected of 100 and 60.
    LeagueCounts counts;
    counts.strata = 2;
    const auto unit = [](std::string name,
                         std::uint64_t easy,
                         std::uint64_t easy_n,
                         std::uint64_t hard,
                         std::uint64_t hard_n) {
        LeagueUnitCounts made = shared(std::move(name), easy + hard, easy_n + hard_n);
        made.of_strata = {shared("", easy, easy_n).whole, shared("", hard, hard_n).whole};
        return made;
    };
    // Both keep 90 % of the easy and 50 % of the hard, one has mostly hard ones.
    counts.units = {unit("easy", 90, 100, 10, 20), unit("hard", 18, 20, 50, 100)};
    const League adjusted = league(defined(MetricKind::Kept), counts);
    EXPECT_FALSE(adjusted.differ);
    for (const LeagueUnit& each : adjusted.units) {
        EXPECT_NEAR(each.adjusted->is.estimate, 0.7, 1e-9) << each.name;
        EXPECT_NEAR(each.funnel.z, 0, 1e-9);
    }
    counts.strata = 0;
    EXPECT_TRUE(league(defined(MetricKind::Kept), counts).differ);
}

TEST(League, AdjustedMeansDifferByWhatIsTheirs) {
    LeagueCounts counts;
    counts.strata = 2;
    const auto unit = [](std::string name, double plus, int easy, int hard) {
        std::vector<double> of_easy;
        std::vector<double> of_hard;
        for (int i = 0; i < easy; ++i) {
            of_easy.push_back(8 + plus + (i % 2 == 0 ? 1 : -1));
        }
        for (int i = 0; i < hard; ++i) {
            of_hard.push_back(4 + plus + (i % 2 == 0 ? 1 : -1));
        }
        std::vector<double> all = of_easy;
        all.insert(all.end(), of_hard.begin(), of_hard.end());
        LeagueUnitCounts made = scored(std::move(name), all);
        made.of_strata = {scored("", of_easy).whole, scored("", of_hard).whole};
        return made;
    };
    counts.units = {unit("a", 0, 40, 40), unit("b", 0, 60, 20), unit("c", -0.8, 60, 20)};
    const League adjusted = league(defined(MetricKind::Mean, "nps"), counts);
    EXPECT_EQ(adjusted.units.back().name, "c");
    EXPECT_NEAR(unit_of(adjusted, "a").adjusted->is.estimate,
                unit_of(adjusted, "b").adjusted->is.estimate,
                0.15);
    EXPECT_LT(unit_of(adjusted, "a").measured.is.estimate,
              unit_of(adjusted, "c").measured.is.estimate);
    EXPECT_GT(unit_of(adjusted, "a").adjusted->is.estimate,
              unit_of(adjusted, "c").adjusted->is.estimate + 0.5);
}

TEST(League, TheSameSeedTheSameRanks) {
    LeagueCounts counts = eight_teams();
    counts.seed = 7;
    const League first = league(defined(MetricKind::Kept), counts);
    const League again = league(defined(MetricKind::Kept), counts);
    for (std::size_t i = 0; i < first.units.size(); ++i) {
        EXPECT_EQ(first.units[i].rank->expected, again.units[i].rank->expected);
    }
}

}  // namespace
}  // namespace kokemus::metric
