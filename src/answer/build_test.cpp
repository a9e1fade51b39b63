// What answers of several kinds promise beside their golden bytes.
#include "answer/build.h"

#include <gtest/gtest.h>

#include "answer/sample_test.h"
#include "blueprint/built_in.h"

namespace kokemus::answer {
namespace {

question::VariantCounts three_variants() {
    question::VariantCounts counts;
    counts.population.encounters = 300;
    counts.population.units = 100;
    for (const auto& [name, count] : {std::pair("a", 60), std::pair("b", 25), std::pair("c", 10)}) {
        question::Variant variant;
        variant.path = {name};
        variant.count = static_cast<std::uint64_t>(count);
        counts.variants.push_back(std::move(variant));
    }
    counts.distinct = 5;
    counts.other_variants = 2;
    counts.other_count = 5;
    return counts;
}

TEST(BuildVariants, ALaterPageGoesOnFromTheOneBefore) {
    FakeEngine engine;
    engine.variant_counts = three_variants();
    question::Question question = sample::asking(question::Kind::Variants);
    question.limit = 2;
    question.offset = 1;
    const Answer answer = sample::answered(question, engine);
    EXPECT_EQ(engine.asked.offset, 0U);
    EXPECT_EQ(engine.asked.limit, 3U);
    const auto& variants = std::get<Variants>(answer.body);
    ASSERT_EQ(variants.rows.size(), 2U);
    EXPECT_EQ(variants.rows[0].path.front(), "b");
    EXPECT_DOUBLE_EQ(variants.rows[0].running, 0.85);
    EXPECT_EQ(variants.other_variants, 3U);
    EXPECT_EQ(variants.other_count, 65U) << "what is not on the page, before and behind it";
    EXPECT_EQ(answer.finding.text.substr(0, 5), "60%, ") << answer.finding.text;
}

TEST(BuildTrend, TheTotalOpensTheUnitsThatHavePartInTheMetric) {
    FakeEngine engine;
    question::Question question = sample::asking(question::Kind::Trend);
    question.metric = "kept";
    const auto blueprint = blueprint::with_built_ins({});
    const Built built = *build_trend(Asked{question, engine, blueprint, Instant()});
    EXPECT_EQ(std::get<Trend>(built.body).drill,
              "episodes per thread where promise is (kept, late, broken)");
}

TEST(BuildBreakdown, APromiseIsOpenedWhereItWasMade) {
    FakeEngine engine;
    question::MetricGroup group;
    group.value = "phone";
    group.encounters = 5;
    engine.series_counts.groups = {group};
    question::Question question = sample::asking(question::Kind::Breakdown);
    question.metric = "kept";
    question.by = question::Field{question::FieldOf::Encounter, "channel"};
    const auto blueprint = blueprint::with_built_ins({});
    const Built built = *build_breakdown(Asked{question, engine, blueprint, Instant()});
    EXPECT_EQ(
        std::get<Breakdown>(built.body).groups.at(0).drill,
        "episodes per thread where has (promise is (kept, late, broken) and channel = 'phone')");
}

std::string drill_of_trend(const std::string& metric) {
    FakeEngine engine;
    question::MetricGroup group;
    group.start = sample::at("2026-01-05");
    group.end = sample::at("2026-01-12");
    engine.series_counts.groups = {group};
    question::Question question = sample::asking(question::Kind::Trend);
    question.metric = metric;
    const auto blueprint = blueprint::with_built_ins({});
    const Built built = *build_trend(Asked{question, engine, blueprint, Instant()});
    return std::get<Trend>(built.body).points.at(0).drill;
}

TEST(BuildTrend, APointOpensTheUnitsThatHaveItsAnswersNotThoseThatBeginThen) {
    EXPECT_EQ(drill_of_trend("nps"),
              "episodes per thread where has (scale = 'nps' and time >= 2026-01-05T00:00:00Z and "
              "time < 2026-01-12T00:00:00Z)");
    EXPECT_EQ(drill_of_trend("contact_rate"),
              "episodes per thread where has (time >= 2026-01-05T00:00:00Z and "
              "time < 2026-01-12T00:00:00Z)");
    EXPECT_EQ(drill_of_trend("kept"),
              "episodes per thread where has (promise is (kept, late, broken) and "
              "time >= 2026-01-05T00:00:00Z and time < 2026-01-12T00:00:00Z)");
    EXPECT_EQ(drill_of_trend("completion"),
              "episodes per thread where status in (completed, abandoned) and "
              "has (time >= 2026-01-05T00:00:00Z and time < 2026-01-12T00:00:00Z) and "
              "not has (time < 2026-01-05T00:00:00Z)");
}

}  // namespace
}  // namespace kokemus::answer
