#include "metric/value.h"

#include <gtest/gtest.h>

#include "blueprint/built_in.h"
#include "stats/wilson.h"

namespace kokemus::metric {
namespace {

using question::MetricCounts;

Definition built_in(std::string_view name) {
    const auto blueprint = blueprint::with_built_ins(blueprint::Blueprint());
    return define(*blueprint.metric(name), blueprint);
}

MetricCounts answers(const std::map<double, std::uint64_t>& levels) {
    MetricCounts counts;
    counts.levels = levels;
    for (const auto& [score, times] : levels) {
        for (std::uint64_t i = 0; i < times; ++i) {
            counts.scores.add(score);
        }
    }
    return counts;
}

TEST(Value, NothingIsNotEnough) {
    for (const auto* name :
         {"nps", "csat", "ces", "stars", "score", "kept", "contact_rate", "completion"}) {
        const Value empty = value(built_in(name), MetricCounts());
        EXPECT_FALSE(empty.enough()) << name;
        EXPECT_EQ(empty.why_not, "not enough answers (n = 0)") << name;
    }
}

TEST(Value, BelowTheMinimumIsNotEnough) {
    const Value few = value(built_in("nps"), answers({{10, 4}}));
    EXPECT_FALSE(few.enough());
    EXPECT_EQ(few.is.n, 4U);
    EXPECT_EQ(few.needed, 10U);
    EXPECT_EQ(few.why_not, "not enough answers (n = 4)");
    EXPECT_TRUE(value(built_in("nps"), answers({{10, 10}})).enough());
}

TEST(Value, NpsInPoints) {
    const Value nps =
        value(built_in("nps"), answers({{10, 30}, {9, 20}, {8, 10}, {7, 20}, {6, 5}, {0, 15}}));
    EXPECT_NEAR(nps.is.estimate, 30, 1e-9);
    EXPECT_NEAR(nps.is.interval.low, 13.9551, 5e-5);
    EXPECT_NEAR(nps.is.interval.high, 44.3393, 5e-5);
    EXPECT_EQ(nps.is.n, 100U);
    EXPECT_EQ(nps.is.method, "tango");
    EXPECT_EQ(nps.unit, Unit::Points);
    EXPECT_EQ(nps.version, "nps 1");
}

TEST(Value, NpsBetweenTheWholeAnswers) {
    // 6.5 is no 7 and 8.5 is no 9.
    EXPECT_NEAR(value(built_in("nps"), answers({{6.5, 10}})).is.estimate, -100, 1e-9);
    EXPECT_NEAR(value(built_in("nps"), answers({{8.5, 10}})).is.estimate, 0, 1e-9);
}

TEST(Value, CsatCountsTheTopTwo) {
    const Value csat = value(built_in("csat"), answers({{5, 10}, {4, 8}, {3, 1}, {1, 1}}));
    EXPECT_NEAR(csat.is.estimate, 0.9, 1e-12);
    EXPECT_NEAR(csat.is.interval.low, .698966, 1e-6);
    EXPECT_NEAR(csat.is.interval.high, .972134, 1e-6);
    EXPECT_EQ(csat.is.method, "wilson");
}

TEST(Value, EffortCountsFiveToSeven) {
    const Value ces = value(built_in("ces"), answers({{7, 3}, {6, 3}, {5, 2}, {4, 1}, {2, 1}}));
    EXPECT_NEAR(ces.is.estimate, 0.8, 1e-12);
    EXPECT_NEAR(ces.is.interval.low, .490162, 1e-6);
}

TEST(Value, MeanStaysOnItsScale) {
    const Value stars = value(built_in("stars"), answers({{5, 11}, {4, 1}}));
    EXPECT_EQ(stars.is.method, "dirichlet");
    EXPECT_LE(stars.is.interval.high, 5.0);
    EXPECT_EQ(stars.unit, Unit::Score);
}

TEST(Value, PromisesKeptOfThoseDecided) {
    MetricCounts counts;
    counts.kept = 45;
    counts.late = 10;
    counts.broken = 5;
    counts.open = 1000;
    const Value kept = value(built_in("kept"), counts);
    EXPECT_NEAR(kept.is.estimate, 0.75, 1e-12);
    EXPECT_EQ(kept.is.n, 60U);
}

TEST(Value, CompletionOfThoseEnded) {
    MetricCounts counts;
    counts.completed = 8;
    counts.abandoned = 2;
    counts.unfinished = 500;
    EXPECT_NEAR(value(built_in("completion"), counts).is.estimate, 0.8, 1e-12);
    EXPECT_EQ(value(built_in("completion"), counts).is.n, 10U);
}

TEST(Value, ContactRateHasTheCustomerAsItsUnit) {
    MetricCounts counts;
    // methods.md a4, three times over to have enough customers
    counts.customers = 15;
    counts.a = 3 * 15;
    counts.b = 3 * 50;
    counts.aa = 3 * (9 + 1 + 16 + 4 + 25);
    counts.ab = 3 * (30 + 5 + 48 + 16 + 75);
    counts.bb = 3 * (100 + 25 + 144 + 64 + 225);
    const Value rate = value(built_in("contact_rate"), counts);
    EXPECT_NEAR(rate.is.estimate, .3, 1e-12);
    EXPECT_EQ(rate.is.n, 15U);
    EXPECT_EQ(rate.is.method, "delta");
    EXPECT_LT(rate.is.interval.low, .3);
}

TEST(Value, TooManyLevelsForSharesSaysSo) {
    MetricCounts counts = answers({{9, 50}});
    counts.overflow = true;
    EXPECT_FALSE(value(built_in("nps"), counts).enough());
    EXPECT_EQ(value(built_in("csat"), counts).why_not,
              "too many different scores to count shares; ask for a mean");
    EXPECT_TRUE(value(built_in("score"), counts).enough());
}

TEST(Value, MoreConfidenceIsWider) {
    const MetricCounts counts = answers({{10, 30}, {3, 20}});
    const auto width = [](const Value& of) { return of.is.interval.high - of.is.interval.low; };
    for (const auto* name : {"nps", "csat", "score"}) {
        EXPECT_GT(width(value(built_in(name), counts, 0.999)), width(value(built_in(name), counts)))
            << name;
    }
}

TEST(Value, PlainShares) {
    const Value half = share(10, 20, "share 1");
    EXPECT_EQ(half.is.estimate, 0.5);
    EXPECT_EQ(half.is.interval.low, stats::wilson(10, 20).low);
    EXPECT_FALSE(share(3, 9, "share 1").enough());
}

TEST(Value, SumOfPartsEqualsTheWhole) {
    MetricCounts sum = answers({{1, 3}, {5, 2}});
    add(sum, answers({{5, 4}, {2, 1}}));
    const MetricCounts whole = answers({{1, 3}, {2, 1}, {5, 6}});
    EXPECT_EQ(sum.levels, whole.levels);
    EXPECT_EQ(sum.scores.count(), whole.scores.count());
    EXPECT_NEAR(sum.scores.mean(), whole.scores.mean(), 1e-12);
    MetricCounts promises;
    promises.kept = 1;
    promises.completed = 2;
    promises.a = 3;
    add(promises, promises);
    EXPECT_EQ(promises.kept, 2U);
    EXPECT_EQ(promises.completed, 4U);
    EXPECT_EQ(promises.a, 6.0);
}

}  // namespace
}  // namespace kokemus::metric
