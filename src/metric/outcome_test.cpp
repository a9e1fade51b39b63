#include "metric/outcome.h"

#include <gtest/gtest.h>

#include "blueprint/built_in.h"
#include "metric/value.h"

namespace kokemus::metric {
namespace {

Definition built_in(const std::string& name) {
    const blueprint::Blueprint blueprint = blueprint::with_built_ins({});
    return define(*blueprint.metric(name), blueprint);
}

/// 5 promoters, 3 passives, 2 detractors on the scale of each metric, and what is no score.
question::MetricCounts counts_of(const std::map<double, std::uint64_t>& levels) {
    question::MetricCounts counts;
    counts.levels = levels;
    for (const auto& [score, times] : levels) {
        for (std::uint64_t i = 0; i < times; ++i) {
            counts.scores.add(score);
        }
    }
    counts.kept = 9;
    counts.late = 2;
    counts.broken = 1;
    counts.completed = 3;
    counts.abandoned = 1;
    counts.customers = 40;
    counts.a = 30;
    counts.b = 120;
    counts.aa = 50;
    counts.ab = 100;
    counts.bb = 400;
    return counts;
}

TEST(Outcome, ItsLevelIsTheEstimateOfEveryKind) {
    for (const auto& [name, levels] :
         {std::pair{"nps", std::map<double, std::uint64_t>{{10, 3}, {9, 2}, {8, 3}, {0, 2}}},
          std::pair{"csat", std::map<double, std::uint64_t>{{5, 6}, {4, 3}, {1, 2}}},
          std::pair{"ces", std::map<double, std::uint64_t>{{7, 6}, {5, 3}, {4, 2}}},
          std::pair{"stars", std::map<double, std::uint64_t>{{5, 6}, {3, 5}}},
          std::pair{"kept", std::map<double, std::uint64_t>{}},
          std::pair{"contact_rate", std::map<double, std::uint64_t>{}}}) {
        const Definition definition = built_in(name);
        const question::MetricCounts counts = counts_of(levels);
        const Outcome found = outcome(definition, counts);
        const Value shown = value(definition, counts);
        ASSERT_TRUE(shown.enough()) << name << ": " << shown.why_not;
        EXPECT_NEAR(found.level(), shown.is.estimate, 1e-12) << name;
    }
    EXPECT_EQ(outcome(built_in("completion"), counts_of({})), (Outcome{3, 4}));
}

TEST(Outcome, AddsUpAndIsNothingOfNothing) {
    Outcome sum = outcome(built_in("csat"), {});
    EXPECT_FALSE(sum.any());
    EXPECT_EQ(sum.level(), 0);
    sum.add({2, 4});
    sum.add({1, 4});
    EXPECT_EQ(sum.level(), .375);
}

}  // namespace
}  // namespace kokemus::metric
