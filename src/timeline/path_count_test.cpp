#include <map>

#include <gtest/gtest.h>

#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using question::Question;
using tiny::Ledger;

using Texts = std::vector<std::string>;

TEST(Variants, SumTheTailAndKeepNothingBack) {
    Ledger ledger;
    const auto add = [&](const std::string& customer, const std::string& path) {
        for (std::size_t i = 0; i < path.size(); ++i) {
            ledger.add(customer, static_cast<std::int64_t>(i), std::string(1, path[i]));
        }
    };
    add("1", "xy");
    add("2", "xy");
    add("3", "xxy");
    add("4", "y");
    add("5", "a");
    const auto engine = ledger.engine();
    Question question;
    question.limit = 2;
    const auto variants = engine.variants(question);
    ASSERT_EQ(variants->variants.size(), 2U);
    EXPECT_EQ(variants->variants[0].path, (Texts{"x", "y"}));
    EXPECT_EQ(variants->variants[0].count, 2U);
    EXPECT_EQ(variants->variants[0].customers, 2U);
    EXPECT_EQ(variants->variants[0].seconds_sum, 120);
    EXPECT_EQ(variants->variants[1].path, (Texts{"a"})) << "of equals the first path";
    EXPECT_EQ(variants->distinct, 4U);
    EXPECT_EQ(variants->other_variants, 2U);
    EXPECT_EQ(variants->other_count, 2U);
    question.collapse = true;
    EXPECT_EQ(engine.variants(question)->variants[0].count, 3U);
    question.offset = 10;
    EXPECT_EQ(engine.variants(question)->other_count, 5U);
}

TEST(Funnel, SaysHowFarUnitsGetAndWhatTheyDoInstead) {
    Ledger ledger;
    ledger.add("a", 0, "x");
    ledger.add("a", 2, "y");
    ledger.add("b", 0, "x");
    ledger.add("b", 1, "z");
    ledger.add("b", 9, "y");
    ledger.add("c", 0, "x");
    Question question;
    question.steps = {{"x"}, {"y"}};
    question.within = std::chrono::minutes(5);
    const auto funnel = ledger.engine().funnel(question);
    ASSERT_EQ(funnel->steps.size(), 2U);
    EXPECT_EQ(funnel->steps[0].units, 3U);
    EXPECT_EQ(funnel->steps[1].units, 1U);
    EXPECT_EQ(funnel->steps[1].seconds_sum, 120);
    EXPECT_EQ(funnel->steps[0].instead,
              (std::map<std::string, std::uint64_t>{{"z", 1}, {"END", 1}}));
    EXPECT_TRUE(funnel->steps[1].instead.empty());
}

}  // namespace
}  // namespace kokemus::timeline
