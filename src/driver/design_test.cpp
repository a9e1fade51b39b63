#include "driver/design.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "driver/table_test.h"

namespace kokemus::driver {
namespace {

using question::FactorOf;
using testing::HasSubstr;

const LeftOut* left_out(const Design& design, std::size_t place) {
    for (const LeftOut& each : design.left_out) {
        if (each.place == place) {
            return &each;
        }
    }
    return nullptr;
}

TEST(Design, OfNothingLeavesEverythingOut) {
    TestTable world(0);
    world.numbers([](auto) { return 0.0; }).numbers([](auto) { return 0.0; });
    const std::vector factors{factor(FactorOf::Lasts)};
    const Design design = make_design(world.table, {factors, 1, 0, 15});
    EXPECT_TRUE(design.factors.empty());
    ASSERT_EQ(design.left_out.size(), 1U);
    EXPECT_EQ(design.left_out[0].reason, LeftOutFor::Constant);
}

TEST(Design, LatenessWithoutAPromiseIsNoneAndSaidSo) {
    TestTable world(100);
    world.numbers([](auto row) { return row % 7; });
    world.numbers([](auto row) { return row % 4 == 0 ? static_cast<double>(row % 3) : missing; });
    const std::vector factors{factor(FactorOf::Late, "delivery")};
    const Design design = make_design(world.table, {factors, 1, 0, 15});
    ASSERT_EQ(design.factors.size(), 1U);
    EXPECT_TRUE(design.factors[0].missing_as_zero);
    EXPECT_EQ(design.factors[0].missing, 75U);
    EXPECT_EQ(design.rows.size(), 100U);
    EXPECT_EQ(design.factors[0].columns[0].numbers[1], 0);
    EXPECT_EQ(design.factors[0].columns[0].numbers[4], 1);
}

TEST(Design, WhatIsMissingElsewhereIsNeverMadeUp) {
    TestTable world(100, 2);
    world.numbers([](auto row) { return row % 7; });
    world.numbers([](auto row) { return row % 10 == 0 ? missing : static_cast<double>(row % 3); });
    world.numbers([](auto row) { return row % 2 == 0 ? missing : static_cast<double>(row % 5); });
    const std::vector factors{factor(FactorOf::Wait), factor(FactorOf::Mean)};
    const Design design = make_design(world.table, {factors, 1, 0, 15});
    ASSERT_EQ(design.factors.size(), 1U);
    EXPECT_EQ(design.rows_missing, 10U);
    EXPECT_EQ(design.rows.size(), 90U);
    EXPECT_EQ(design.customer_count, 50U);
    EXPECT_EQ(left_out(design, 1)->reason, LeftOutFor::Missing);
    EXPECT_EQ(left_out(design, 1)->words, "missing in 50 % of the units");
}

TEST(Design, WhatHardlyVariesOrRepeatsIsLeftOut) {
    TestTable world(200);
    const auto a = noise(200, 1);
    const auto b = noise(200, 2);
    world.numbers([&](auto row) { return a[row] + b[row]; });
    world.numbers([](auto) { return 3.0; });
    world.numbers([](auto row) { return row < 5 ? 1.0 : 0.0; });
    world.numbers([&](auto row) { return a[row]; });
    world.numbers([&](auto row) { return 2 - 3 * a[row]; });
    world.numbers([&](auto row) { return b[row]; });
    world.numbers([&](auto row) { return a[row] + 1e-6 * b[row] + b[row]; });
    const std::vector factors{factor(FactorOf::Encounters),
                              factor(FactorOf::Switches),
                              factor(FactorOf::Lasts),
                              factor(FactorOf::Duration),
                              factor(FactorOf::Value),
                              factor(FactorOf::Repeats)};
    const Design design = make_design(world.table, {factors, 1, 0, 15});
    ASSERT_EQ(design.factors.size(), 2U);
    EXPECT_EQ(design.factors[0].place, 2U);
    EXPECT_EQ(design.factors[1].place, 4U);
    EXPECT_NEAR(design.factors[0].alone, 0.5, 0.1);
    EXPECT_EQ(left_out(design, 0)->words, "it is the same in all units");
    EXPECT_EQ(left_out(design, 1)->words, "it differs in 5 units only");
    EXPECT_EQ(left_out(design, 3)->reason, LeftOutFor::Repeats);
    EXPECT_EQ(left_out(design, 3)->words, "it says the same as lasts");
    EXPECT_EQ(left_out(design, 5)->words, "it follows from the others together");
    const Design first = make_design(world.table, {factors, 1, 0, 1});
    EXPECT_EQ(left_out(first, 4)->reason, LeftOutFor::TooMany);
}

TEST(Design, OfTooManyTheStrongestAreKeptWhereThatIsWishedFor) {
    TestTable world(200);
    const auto a = noise(200, 1);
    const auto b = noise(200, 2);
    const auto c = noise(200, 3);
    world.numbers([&](auto row) { return a[row] + 3 * b[row] + 2 * c[row]; });
    world.numbers([&](auto row) { return a[row]; });
    world.numbers([&](auto row) { return b[row]; });
    world.numbers([&](auto row) { return c[row]; });
    const std::vector factors{
        factor(FactorOf::Lasts), factor(FactorOf::Value), factor(FactorOf::Repeats)};
    const Design strongest = make_design(world.table, {factors, 1, 0, 2, true});
    ASSERT_EQ(strongest.factors.size(), 2U);
    EXPECT_EQ(strongest.factors[0].place, 1U);
    EXPECT_EQ(strongest.factors[1].place, 2U);
    EXPECT_EQ(left_out(strongest, 0)->words, "2 others explain more by themselves");
    const Design as_given = make_design(world.table, {factors, 1, 0, 2});
    EXPECT_EQ(as_given.factors[0].place, 0U);
}

TEST(Design, ATextGetsAColumnForEachFrequentValueButTheMostFrequent) {
    TestTable world(200);
    world.numbers([](auto row) { return row % 7; });
    // 0: 100 times "", 1: 60 "gold", 2: 30 "plain", 3 and 4: 5 times "rare", "rarer"
    world.texts({"", "gold", "plain", "rare", "rarer"}, [](auto row) {
        return row < 100 ? 0 : row < 160 ? 1 : row < 190 ? 2 : row < 195 ? 3 : 4;
    });
    const std::vector factors{factor(FactorOf::Category, "plan")};
    const Design design = make_design(world.table, {factors, 1, 0, 15});
    ASSERT_EQ(design.factors.size(), 1U);
    const Prepared& plan = design.factors[0];
    EXPECT_EQ(plan.usual_value, "");
    ASSERT_EQ(plan.columns.size(), 3U);
    EXPECT_EQ(plan.columns[0].value, "gold");
    EXPECT_EQ(plan.columns[1].value, "plain");
    EXPECT_EQ(plan.columns[2].value, "other");
    EXPECT_EQ(plan.columns[2].numbers[199], 1);
    EXPECT_EQ(plan.columns[2].numbers[0], 0);
    EXPECT_EQ(design.columns(), 3U);
}

}  // namespace
}  // namespace kokemus::driver
