#include "answer/conformance.h"

#include <gtest/gtest.h>

#include "answer/sample_test.h"
#include "answer/small_groups.h"

namespace kokemus::answer {
namespace {

using question::Deviation;
using question::Kind;
using sample::answered;
using sample::asking;
using sample::scores;

const Conformance& body_of(const Answer& answer) {
    return std::get<Conformance>(answer.body);
}

const DeviationRow* row_of(const Conformance& conformance, Deviation deviation,
                           const std::string& touchpoint) {
    for (const DeviationRow& row : conformance.deviations) {
        if (row.deviation == deviation && row.touchpoint == touchpoint) {
            return &row;
        }
    }
    return nullptr;
}

TEST(Conformance, SumsOverTheCourses) {
    const Answer answer = answered(asking(Kind::Conformance));
    const Conformance& conformance = body_of(answer);
    EXPECT_EQ(conformance.episodes, 300U);
    // 120 of 1 - 1/5, 100 of 1, 80 of 1 - 1/7
    EXPECT_NEAR(conformance.fitness.is.estimate, (120 * 0.8 + 100 + 80 * 6.0 / 7) / 300, 1e-12);
    EXPECT_DOUBLE_EQ(conformance.on_path.is.estimate, 100.0 / 300);
    const DeviationRow* call = row_of(conformance, Deviation::PutIn, "call");
    ASSERT_NE(call, nullptr);
    EXPECT_EQ(call->episodes, 80U);
    EXPECT_NEAR(call->experience.is.estimate, -1, 1e-9);
    EXPECT_NEAR(call->others.is.estimate, (60 * 1.4 + 50 * 1.5) / 110, 1e-9);
    EXPECT_TRUE(call->beyond_chance());
    EXPECT_EQ(
        call->drill,
        "episodes per 'getting it' where status != open and deviates from 'getting it' adding "
        "'call'");
    const DeviationRow* paid = row_of(conformance, Deviation::LeftOut, "paid");
    ASSERT_NE(paid, nullptr);
    EXPECT_EQ(paid->episodes, 120U);
    EXPECT_EQ(conformance.deviations.size(), 2U);
}

TEST(Conformance, TakesEachCustomerForOne) {
    FakeEngine few = sample::engine();
    few.course_counts.population.customers = 40;
    const Answer wide = answered(asking(Kind::Conformance), few);
    const Answer narrow = answered(asking(Kind::Conformance));
    const auto width = [](const Value& value) {
        return value.is.interval.high - value.is.interval.low;
    };
    EXPECT_GT(width(body_of(wide).fitness), 2 * width(body_of(narrow).fitness));
    EXPECT_GT(width(body_of(wide).on_path), 2 * width(body_of(narrow).on_path));
    EXPECT_EQ(body_of(wide).on_path.is.n, 300U);
}

TEST(ConformanceFinding, TheDeviationThatCostsMost) {
    const Answer answer = answered(asking(Kind::Conformance));
    EXPECT_EQ(answer.finding.id, "conformance.put_in");
    EXPECT_EQ(answer.finding.text.substr(0, 69),
              "26.7% of journeys have call beyond the design, and those feel 2.4, 2.");
    EXPECT_EQ(body_of(answer).deviations.front().touchpoint, "call");
}

TEST(ConformanceFinding, NothingBeyondChanceIsSaid) {
    FakeEngine engine = sample::engine();
    for (question::Variant& course : engine.course_counts.variants) {
        course.experience = scores(course.count / 2, 0.4, 2);
    }
    const Answer answer = answered(asking(Kind::Conformance), engine);
    EXPECT_EQ(answer.finding.id, "conformance.even");
    EXPECT_FALSE(body_of(answer).deviations.front().beyond_chance());
}

TEST(ConformanceFinding, WithoutScoresAndWithoutDeviations) {
    FakeEngine engine = sample::engine();
    for (question::Variant& course : engine.course_counts.variants) {
        course.experience = {};
    }
    EXPECT_EQ(answered(asking(Kind::Conformance), engine).finding.id, "conformance.no_scores");
    engine.course_counts.variants = {engine.course_counts.variants[1]};
    const Answer all = answered(asking(Kind::Conformance), engine);
    EXPECT_EQ(all.finding.text, "All journeys follow the designed path.");
    EXPECT_EQ(body_of(all).fitness.is.estimate, 1);
}

TEST(ConformanceFinding, OfEpisodesThatAreAllOpen) {
    FakeEngine engine;
    engine.episode_page.total = 7;
    const Answer answer = answered(asking(Kind::Conformance), engine);
    EXPECT_EQ(answer.finding.text,
              "None of the 7 journeys is over yet: nobody knows what they leave out.");
}

TEST(ConformanceWithheld, FewWhoDeviateAndFewWhoDoNot) {
    FakeEngine engine = sample::engine();
    engine.course_counts.variants[2].count = 3;
    Answer answer = answered(asking(Kind::Conformance), engine);
    const CustomersBehind many = [](const std::string&) -> Result<std::uint64_t> { return 100; };
    ASSERT_TRUE(withhold_small_groups(answer, 5, many));
    EXPECT_EQ(row_of(body_of(answer), Deviation::PutIn, "call"), nullptr);
    EXPECT_NE(row_of(body_of(answer), Deviation::LeftOut, "paid"), nullptr);
    EXPECT_EQ(answer.withheld->rows, 1U);

    Answer few_customers = answered(asking(Kind::Conformance));
    const CustomersBehind few = [](const std::string&) -> Result<std::uint64_t> { return 2; };
    ASSERT_TRUE(withhold_small_groups(few_customers, 5, few));
    EXPECT_TRUE(body_of(few_customers).deviations.empty());
    EXPECT_FALSE(body_of(few_customers).experience_on_path.enough());
    EXPECT_EQ(few_customers.finding.id, "withheld");
}

}  // namespace
}  // namespace kokemus::answer
