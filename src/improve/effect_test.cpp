#include "improve/effect.h"

#include <array>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "stats/cuped.h"
#include "stats/difference_in_differences.h"
#include "stats/interrupted_series.h"

namespace kokemus::improve {
namespace {

using testing::HasSubstr;

Outcome one(double value) {
    return {value, 1};
}

const Check& check_of(const Effect& effect, const std::string& name) {
    for (const Check& check : effect.checks) {
        if (check.name == name) {
            return check;
        }
    }
    ADD_FAILURE() << "no check " << name;
    static const Check none;
    return none;
}

/// The ten pairs of methods' CUPED example, three times over so that enough are known before.
std::vector<Person> ten_known(double more) {
    constexpr std::array<double, 10> x{5, 7, 8, 6, 9, 4, 7, 8, 6, 5};
    constexpr std::array<double, 10> y{6, 7, 9, 6, 9, 5, 8, 8, 7, 5};
    std::vector<Person> people;
    for (int times = 0; times < 3; ++times) {
        for (std::size_t i = 0; i < x.size(); ++i) {
            people.push_back({one(x[i]), one(y[i] + more)});
        }
    }
    return people;
}

Arms arms_of(std::vector<Person> population, std::vector<Person> comparison) {
    Arms arms;
    arms.population_customers = population.size();
    arms.comparison_customers = comparison.size();
    arms.population = std::move(population);
    arms.comparison = std::move(comparison);
    return arms;
}

TEST(EffectByLot, TakesAwayWhatTheTimeBeforeExplains) {
    const Effect effect = effect_by_lot(arms_of(ten_known(.5), ten_known(0)), {});
    ASSERT_TRUE(effect.enough) << effect.why_not;
    EXPECT_NEAR(effect.estimate, .5, 1e-12);
    EXPECT_EQ(effect.method, "cuped");
    // 1 - rho^2 with rho = .942809 of the example.
    EXPECT_NEAR(effect.variance_left.value(), 1 - .942809 * .942809, 1e-5);
    EXPECT_EQ(effect.n, 60U);
    EXPECT_TRUE(check_of(effect, "sample-ratio").passed);
}

TEST(EffectByLot, WithoutATimeBeforeItIsWelch) {
    auto strangers = [](double more) {
        auto people = ten_known(more);
        for (Person& person : people) {
            person.before = {};
        }
        return people;
    };
    const Effect effect = effect_by_lot(arms_of(strangers(.5), strangers(0)), {});
    EXPECT_NEAR(effect.estimate, .5, 1e-12);
    EXPECT_EQ(effect.method, "welch");
    EXPECT_FALSE(effect.variance_left);
    // Variance 2 of the example's population of ten (divided by n): 30 values, n - 1.
    const double variance = 20.0 * 3 / 29;
    EXPECT_NEAR(effect.standard_error, std::sqrt(2 * variance / 30), 1e-9);
}

TEST(EffectByLot, ACustomerWhoAnswersOftenIsOneCustomer) {
    auto loud = [](double more) {
        auto people = ten_known(more);
        for (Person& person : people) {
            person.before = {};
            person.after = {person.after.total * 7, 7};
        }
        return people;
    };
    const Effect seven = effect_by_lot(arms_of(loud(.5), loud(0)), {});
    auto once = ten_known(.5);
    auto others = ten_known(0);
    for (auto* people : {&once, &others}) {
        for (Person& person : *people) {
            person.before = {};
        }
    }
    const Effect single = effect_by_lot(arms_of(once, others), {});
    EXPECT_NEAR(seven.standard_error, single.standard_error, 1e-12);
    EXPECT_EQ(seven.n, single.n);
}

TEST(EffectByLot, GroupsThatNoLotHasSortedAreFound) {
    Arms arms = arms_of(ten_known(.5), ten_known(0));
    arms.population_customers = 5000;
    arms.comparison_customers = 5600;
    const Effect effect = effect_by_lot(arms, {});
    EXPECT_FALSE(effect.sound());
    EXPECT_THAT(check_of(effect, "sample-ratio").words, HasSubstr("something else than the lot"));
}

TEST(EffectByLot, TooFewAndAllAlikeSayNothing) {
    const Effect few = effect_by_lot(arms_of({{{}, one(1)}}, {{{}, one(0)}}), {});
    EXPECT_FALSE(few.enough);
    EXPECT_THAT(few.why_not, HasSubstr("1 and 1 customers"));
    const std::vector<Person> alike(20, Person{{}, one(1)});
    EXPECT_FALSE(effect_by_lot(arms_of(alike, alike), {}).enough);
    EXPECT_FALSE(effect_by_lot({}, {}).enough);
}

TEST(EffectBeforeAfter, TheSameCustomersAreNotTwo) {
    // Everybody one better: no customer differs in the change, so there is no error at all.
    auto steady = ten_known(0);
    for (Person& person : steady) {
        person.after = one(person.before.total + 1);
    }
    const Effect effect = effect_before_after(arms_of(steady, {}), {});
    EXPECT_NEAR(effect.estimate, 1, 1e-12);
    EXPECT_LT(effect.standard_error, 1e-9);
    const Effect real = effect_before_after(arms_of(ten_known(0), {}), {});
    EXPECT_TRUE(real.enough);
    EXPECT_NEAR(real.estimate, .5, 1e-12);
    // Changes (1,0,1,0,0,1,1,0,1,0): variance 1/4 of n, by n - 1 of thirty, over thirty.
    EXPECT_NEAR(real.standard_error, std::sqrt(.25 / 29), 1e-9);
}

constexpr Instant first_week = std::chrono::sys_days(std::chrono::year(2026) / 1 / 5);

Weekly weeks_of(std::size_t before, std::size_t after) {
    Weekly weekly;
    weekly.change = before;
    for (std::size_t week = 0; week < before + after; ++week) {
        weekly.weeks.push_back(first_week + std::chrono::weeks(week));
    }
    return weekly;
}

TEST(EffectOfDifferences, IsThatOfTheBookByUnitAndNotToBeBelievedOfThree) {
    constexpr std::array<double, 6> before{7.0, 6.8, 7.4, 6.9, 7.1, 7.3};
    constexpr std::array<double, 6> after{7.6, 7.5, 7.9, 7.0, 7.2, 7.3};
    Weekly weekly = weeks_of(4, 2);
    for (std::size_t unit = 0; unit < before.size(); ++unit) {
        UnitWeeks weeks{"unit " + std::to_string(unit), {}, std::nullopt};
        weeks.weeks.assign(4, {before[unit] * 10, 10});
        weeks.weeks.resize(6, {after[unit] * 10, 10});
        weeks.starts = unit < 3 ? std::optional<std::size_t>(4) : std::nullopt;
        weekly.units.push_back(weeks);
    }
    const Effect effect = effect_of_differences(weekly, {});
    EXPECT_NEAR(effect.estimate, .533333, 1e-6);
    EXPECT_NEAR(effect.standard_error, .066667, 1e-6);
    EXPECT_NEAR(effect.p_value.value(), .1, 1e-9);
    EXPECT_FALSE(effect.sound());
    EXPECT_THAT(check_of(effect, "units").words, HasSubstr("fewer than 4 and 4"));
    EXPECT_EQ(effect.n, 12U);
}

/// Units with a level of their own, noise, and an effect from their start on.
Weekly staggered_world(double effect, std::uint64_t seed, bool someone_waits) {
    constexpr std::size_t before = 8;
    constexpr std::size_t after = 12;
    Weekly weekly = weeks_of(before, after);
    Random random = Random::named(seed, "staggered world");
    for (std::size_t number = 0; number < 12; ++number) {
        UnitWeeks unit{"unit " + std::to_string(number), {}, std::nullopt};
        if (!someone_waits || number < 9) {
            unit.starts = before + number / 3 * 3;
        }
        const double own = random.normal(0, .5);
        for (std::size_t week = 0; week < before + after; ++week) {
            const bool has = unit.starts && *unit.starts <= week;
            const double season = .3 * std::sin(static_cast<double>(week));
            const double level = 3 + own + season + random.normal(0, .1) + (has ? effect : 0);
            unit.weeks.push_back({level * 20, 20});
        }
        weekly.units.push_back(std::move(unit));
    }
    return weekly;
}

TEST(EffectStaggered, FindsWhatWasPlantedWhateverTheSeasonAndTheUnits) {
    for (const bool someone_waits : {true, false}) {
        const Effect effect = effect_staggered(staggered_world(.4, 5, someone_waits), {});
        ASSERT_TRUE(effect.enough) << effect.why_not;
        EXPECT_NEAR(effect.estimate, .4, 4 * effect.standard_error);
        EXPECT_LT(effect.standard_error, .06);
        EXPECT_LT(effect.p_value.value(), .01);
        EXPECT_TRUE(effect.sound());
    }
}

TEST(EffectStaggered, NothingIsFoundWhereNothingIs) {
    const Effect effect = effect_staggered(staggered_world(0, 6, true), {});
    EXPECT_LT(std::abs(effect.estimate), 4 * effect.standard_error);
    EXPECT_GT(effect.p_value.value(), .05);
    EXPECT_FALSE(effect.sound());
}

TEST(EffectStaggered, TheSameSeedGivesTheSame) {
    const Weekly weekly = staggered_world(.2, 7, true);
    const Effect first = effect_staggered(weekly, {});
    const Effect again = effect_staggered(weekly, {});
    EXPECT_EQ(first.standard_error, again.standard_error);
    Registration other;
    other.seed = 2;
    EXPECT_NE(effect_staggered(weekly, other).standard_error, first.standard_error);
}

TEST(EffectStaggered, NeedsAWeekWithBothKinds) {
    Weekly weekly = staggered_world(0, 8, false);
    for (UnitWeeks& unit : weekly.units) {
        unit.starts = weekly.change;
    }
    EXPECT_THAT(effect_staggered(weekly, {}).why_not, HasSubstr("others still wait"));
}

TEST(EffectOfInterruption, IsTheLineOfTheBookInTheMiddleOfTheTimeAfter) {
    constexpr std::array<double, 24> y{20.3, 20.6, 20.9, 20.4, 20.7, 21.3, 21.6, 21.2,
                                       21.5, 22.1, 22.3, 21.9, 19.2, 19.0, 18.5, 18.7,
                                       18.9, 18.2, 17.6, 17.8, 17.3, 16.8, 17.0, 16.9};
    Weekly weekly = weeks_of(12, 12);
    UnitWeeks unit{"population", {}, 12};
    for (const double level : y) {
        unit.weeks.push_back({level * 5, 5});
    }
    weekly.units.push_back(unit);
    const Effect effect = effect_of_interruption(weekly, {});
    ASSERT_TRUE(effect.enough) << effect.why_not;
    // Jump -2.67400932 and bend -.40104895 a week, six weeks on (t = 18).
    EXPECT_NEAR(effect.estimate, -2.67400932 - .40104895 * 6, 1e-6);
    EXPECT_EQ(effect.n, 12U);
    EXPECT_TRUE(check_of(effect, "placebo").passed);
    EXPECT_FALSE(effect.p_value);
    weekly.units.front().weeks[3] = {};
    EXPECT_THAT(effect_of_interruption(weekly, {}).why_not, HasSubstr("no answers"));
}

TEST(EffectAgainstMixture, IsThatOfTheBook) {
    const std::vector<std::vector<double>> donors{{10, 11, 12, 13, 12, 14},
                                                  {20, 19, 21, 22, 23, 24},
                                                  {5, 6, 5, 7, 8, 7},
                                                  {15, 15, 16, 18, 17, 19}};
    Weekly weekly = weeks_of(5, 1);
    const auto add = [&](const std::vector<double>& levels, std::optional<std::size_t> starts) {
        UnitWeeks unit{"unit", {}, starts};
        for (const double level : levels) {
            unit.weeks.push_back(one(level));
        }
        weekly.units.push_back(std::move(unit));
    };
    add({14.05, 14.15, 15.52, 16.68, 16.30, 20.0}, 5);
    for (const auto& levels : donors) {
        add(levels, std::nullopt);
    }
    const Effect effect = effect_against_mixture(weekly, {});
    ASSERT_TRUE(effect.enough) << effect.why_not;
    EXPECT_NEAR(effect.estimate, 2, .15);
    EXPECT_NEAR(effect.p_value.value(), .2, 1e-9);
    EXPECT_THAT(check_of(effect, "placebo").words, HasSubstr("fewer than 19"));
    EXPECT_FALSE(effect.sound());
}

TEST(EffectOf, NothingCountedIsNotEnough) {
    for (int design = 0; design < 6; ++design) {
        const Effect effect = effect_of(static_cast<Design>(design), {}, {});
        EXPECT_FALSE(effect.enough);
        EXPECT_FALSE(effect.why_not.empty());
    }
}

}  // namespace
}  // namespace kokemus::improve
