#include "driver/drivers.h"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "base/parallel.h"
#include "driver/segments.h"
#include "driver/table_test.h"

namespace kokemus::driver {
namespace {

using question::FactorOf;

constexpr std::size_t rows = 2000;

const std::vector<question::Factor>& three_factors() {
    static const std::vector factors{
        factor(FactorOf::Lasts), factor(FactorOf::Repeats), factor(FactorOf::Switches)};
    return factors;
}

/// An outcome of -2 a first factor, +1 a second, nothing of a third, and noise: shares of 4 : 1 :
/// 0, and of 5 / 6 together.
TestTable planted() {
    TestTable world(rows, 2);
    const auto first = noise(rows, 1);
    const auto second = noise(rows, 2);
    const auto third = noise(rows, 3);
    const auto rest = noise(rows, 4);
    world.numbers([&](auto row) { return 7 - 2 * first[row] + second[row] + rest[row]; });
    world.numbers([&](auto row) { return first[row]; });
    world.numbers([&](auto row) { return second[row]; });
    world.numbers([&](auto row) { return third[row]; });
    return world;
}

TEST(Drivers, APlantedTruthComesOutInItsOrder) {
    const TestTable world = planted();
    const Design design = make_design(world.table, {three_factors(), 1, 0, 15});
    const auto found = find_drivers(design, {.seed = 1, .replicates = 300});
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->n, rows);
    EXPECT_EQ(found->customers, rows / 2);
    EXPECT_EQ(found->method, "lmg");
    EXPECT_NEAR(found->r_squared, 5.0 / 6, 0.02);
    EXPECT_LT(found->p_value, 1e-9);
    ASSERT_EQ(found->drivers.size(), 3U);
    const Driver& first = found->drivers[0];
    EXPECT_EQ(first.place, 0U);
    EXPECT_NEAR(first.share, 4.0 / 6, 0.03);
    EXPECT_NEAR(first.of_explained, 0.8, 0.02);
    EXPECT_TRUE(first.share_interval.low < first.share && first.share < first.share_interval.high);
    EXPECT_TRUE(found->first_is_established);
    EXPECT_TRUE(first.ahead_of_next);
    EXPECT_EQ(first.direction, Direction::Down);
    EXPECT_NEAR(first.effect, -2, 0.05);
    EXPECT_TRUE(first.effect_interval.low <= -2 && -2 <= first.effect_interval.high);
    EXPECT_EQ(found->drivers[1].place, 1U);
    EXPECT_EQ(found->drivers[1].direction, Direction::Up);
    EXPECT_EQ(found->drivers[2].direction, Direction::Open);
    EXPECT_NEAR(found->drivers[2].confounding_limit.value(), 1, 1e-9) << "chance alone would do";
    double sum = 0;
    for (const Driver& driver : found->drivers) {
        sum += driver.share;
    }
    EXPECT_NEAR(sum, found->r_squared, 1e-9);
}

TEST(Drivers, AreTheSameOnAnyNumberOfThreads) {
    const TestTable world = planted();
    const Design design = make_design(world.table, {three_factors(), 1, 0, 15});
    const auto many = find_drivers(design, {.seed = 1, .replicates = 50});
    set_worker_count(1);
    const auto one = find_drivers(design, {.seed = 1, .replicates = 50});
    set_worker_count(0);
    ASSERT_TRUE(many && one);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(many->drivers[i].share_interval.low, one->drivers[i].share_interval.low);
        EXPECT_EQ(many->drivers[i].effect_interval.high, one->drivers[i].effect_interval.high);
    }
}

TEST(Drivers, ThatSayTheSameCannotBeSeparated) {
    TestTable world(rows);
    const auto mood = noise(rows, 1);
    const auto a = noise(rows, 2);
    const auto b = noise(rows, 3);
    world.numbers([&](auto row) { return mood[row] + a[row] + b[row]; });
    world.numbers([&](auto row) { return 3 * mood[row] + a[row]; });
    world.numbers([&](auto row) { return 3 * mood[row] + b[row]; });
    const std::vector factors{factor(FactorOf::Lasts), factor(FactorOf::Repeats)};
    const Design design = make_design(world.table, {factors, 1, 0, 15});
    const auto found = find_drivers(design, {.seed = 1, .replicates = 300});
    ASSERT_TRUE(found.has_value());
    EXPECT_FALSE(found->first_is_established);
}

TEST(Drivers, WhatGoesWithNothingIsSaidToBeChance) {
    TestTable world(rows);
    const auto a = noise(rows, 5);
    const auto b = noise(rows, 6);
    world.numbers([&](auto row) { return a[row]; }).numbers([&](auto row) { return b[row]; });
    const std::vector factors{factor(FactorOf::Lasts)};
    const auto found =
        find_drivers(make_design(world.table, {factors, 1, 0, 15}), {.seed = 1, .replicates = 100});
    ASSERT_TRUE(found.has_value());
    EXPECT_GT(found->p_value, 0.05);
    EXPECT_LT(found->adjusted_r_squared, 0.002);
}

TEST(Drivers, TooFewUnitsOrCustomersGiveNothing) {
    TestTable few(35);
    const auto a = noise(35, 1);
    few.numbers([&](auto row) { return a[row]; });
    for (int column = 0; column < 3; ++column) {
        const auto b = noise(35, 10 + static_cast<std::uint64_t>(column));
        few.numbers([&](auto row) { return b[row]; });
    }
    EXPECT_FALSE(find_drivers(make_design(few.table, {three_factors(), 1, 0, 15}), {}).has_value())
        << "four columns need 40 units";
    TestTable one_customer(100, 100);
    const auto c = noise(100, 1);
    const auto d = noise(100, 2);
    one_customer.numbers([&](auto row) { return c[row]; }).numbers([&](auto row) {
        return d[row];
    });
    const std::vector factors{factor(FactorOf::Lasts)};
    EXPECT_FALSE(
        find_drivers(make_design(one_customer.table, {factors, 1, 0, 15}), {}).has_value());
}

TEST(Drivers, ATextSaysWhatEachValueDoes) {
    TestTable world(rows);
    const auto rest = noise(rows, 1);
    world.numbers([&](auto row) { return (row % 4 == 0 ? -1.5 : 0) + rest[row] / 2; });
    world.texts({"north", "south"}, [](auto row) { return row % 4 == 0 ? 0 : 1; });
    const std::vector factors{factor(FactorOf::Category, "region")};
    const auto found =
        find_drivers(make_design(world.table, {factors, 1, 0, 15}), {.seed = 1, .replicates = 100});
    ASSERT_TRUE(found.has_value());
    const Driver& region = found->drivers[0];
    EXPECT_EQ(region.usual_value, "south");
    ASSERT_EQ(region.levels.size(), 1U);
    EXPECT_EQ(region.levels[0].value, "north");
    EXPECT_EQ(region.levels[0].n, rows / 4);
    EXPECT_NEAR(region.levels[0].effect, -1.5, 0.08);
}

TEST(Drivers, OfAYesOrNoTheRatioOfRisksIsThatOfItsChances) {
    // 10 % of those without, 40 % of those with: a ratio of 4, and 4 + sqrt(4 * 3) to explain it.
    TestTable world(4000);
    world.numbers([](auto row) { return row % 2 == 0 ? (row % 20 < 2) : (row % 20 < 8); });
    world.numbers([](auto row) { return static_cast<double>(row % 2); });
    const std::vector factors{factor(FactorOf::Switches)};
    const auto found = find_drivers(make_design(world.table, {factors, 1, 0, 15}),
                                    {.high_is_good = false, .seed = 1, .replicates = 100});
    ASSERT_TRUE(found.has_value());
    EXPECT_NEAR(found->drivers[0].effect, 0.3, 1e-9);
    EXPECT_NEAR(found->drivers[0].confounding.value(), 4 + std::sqrt(12.0), 1e-6);
}

TEST(Drivers, BadMayCostMoreThanGoodGives) {
    TestTable world(rows);
    const auto a = noise(rows, 1);
    const auto rest = noise(rows, 2);
    world.numbers([&](auto row) { return 2 * std::min(a[row], 0.0) + rest[row] / 4; });
    world.numbers([&](auto row) { return a[row]; });
    const std::vector factors{factor(FactorOf::Lasts)};
    const Design design = make_design(world.table, {factors, 1, 0, 15});
    const auto found = find_drivers(design, {.seed = 1, .replicates = 50});
    ASSERT_TRUE(found && found->drivers[0].contrast);
    EXPECT_LT(found->drivers[0].contrast->asymmetry, -0.5);
    EXPECT_TRUE(found->drivers[0].contrast->one_sided());
    // The same turned round: what was the bad end is now the good one.
    TestTable turned(rows);
    turned.numbers([&](auto row) { return 2 * std::max(a[row], 0.0) + rest[row] / 4; });
    turned.numbers([&](auto row) { return 0 - a[row]; });
    const auto gives =
        find_drivers(make_design(turned.table, {factors, 1, 0, 15}), {.seed = 1, .replicates = 50});
    ASSERT_TRUE(gives && gives->drivers[0].contrast);
    EXPECT_GT(gives->drivers[0].contrast->asymmetry, 0.5);
}

TEST(Segments, SayWhereAListDoesNotHold) {
    TestTable world(rows);
    const auto a = noise(rows, 1);
    const auto b = noise(rows, 2);
    const auto rest = noise(rows, 3);
    world.numbers([&](auto row) { return (row % 2 == 0 ? 2 * a[row] : 0) + b[row] + rest[row]; });
    world.numbers([&](auto row) { return a[row]; }).numbers([&](auto row) { return b[row]; });
    world.texts({"north", "south", "west"},
                [](auto row) { return row < 10 ? 2 : static_cast<std::size_t>(row % 2); });
    const std::vector factors{factor(FactorOf::Lasts), factor(FactorOf::Repeats)};
    const Design design = make_design(world.table, {factors, 1, 0, 15});
    const Settings settings{.seed = 1, .replicates = 100};
    const auto found = find_drivers(design, settings);
    ASSERT_TRUE(found.has_value());
    const Segments segments = find_segments(design, *found, world.table.columns.back(), settings);
    ASSERT_EQ(segments.segments.size(), 3U);
    EXPECT_FALSE(segments.segments[2].enough) << "ten units";
    EXPECT_FALSE(segments.same_first);
    ASSERT_EQ(segments.differs.size(), 2U);
    EXPECT_TRUE(segments.differs[found->drivers[0].place == 0 ? 0 : 1]);
}

}  // namespace
}  // namespace kokemus::driver
