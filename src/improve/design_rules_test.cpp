#include "improve/design_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kokemus::improve {
namespace {

using testing::HasSubstr;

constexpr Instant start = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2);

/// Everybody gets it for ten weeks, nobody is compared with.
Registration everybody() {
    Registration is;
    is.start = start;
    is.until = start + std::chrono::weeks(10);
    return is;
}

Facts long_known() {
    return {.weeks_before = 40, .population_before = 500, .comparison_before = 400};
}

Registration compared() {
    Registration is = everybody();
    is.population = "region = 'north'";
    is.comparison = "region != 'north'";
    return is;
}

const Feasible& of(Design design, const std::vector<Feasible>& all) {
    return all.at(static_cast<std::size_t>(design));
}

TEST(DesignRules, ALotIsTheStrongestAndNeedsOthers) {
    Registration is = compared();
    is.assignment = Assignment::Lot;
    const auto best = chosen(is, designs_for(is, {}));
    ASSERT_TRUE(best) << best.error().message;
    EXPECT_EQ(best->design, Design::Randomised);
    EXPECT_EQ(best->grade, Grade::Strong);
    is.comparison.clear();
    const auto all = designs_for(is, long_known());
    EXPECT_FALSE(of(Design::Randomised, all).feasible);
    EXPECT_THAT(of(Design::Randomised, all).words, HasSubstr("name the others of the lot"));
}

TEST(DesignRules, WithoutALotTheChangesAreCompared) {
    const Registration is = compared();
    const auto best = chosen(is, designs_for(is, long_known())).value();
    EXPECT_EQ(best.design, Design::DifferenceInDifferences);
    EXPECT_EQ(best.grade, Grade::Fair);
    Facts units = long_known();
    units.population_units = 4;
    units.comparison_units = 5;
    Registration by_unit = is;
    by_unit.units = "region";
    EXPECT_EQ(chosen(by_unit, designs_for(by_unit, units)).value().grade, Grade::Good);
    units.comparison_units = 3;
    EXPECT_EQ(chosen(by_unit, designs_for(by_unit, units)).value().grade, Grade::Fair);
}

TEST(DesignRules, APopulationThatShowsOnlyAfterwardsCannotBeComparedInTime) {
    Facts unseen = long_known();
    unseen.population_before = 0;
    const auto none = chosen(compared(), designs_for(compared(), unseen));
    ASSERT_FALSE(none);
    EXPECT_THAT(none.error().message, HasSubstr("0 customers of the population"));
}

TEST(DesignRules, UnitsThatStartApartAreStaggered) {
    Registration is = everybody();
    is.units = "employee";
    for (int unit = 0; unit < 6; ++unit) {
        is.starts.push_back({"crew " + std::to_string(unit), start + std::chrono::weeks(unit / 2)});
    }
    auto best = chosen(is, designs_for(is, long_known())).value();
    EXPECT_EQ(best.design, Design::Staggered);
    EXPECT_EQ(best.grade, Grade::Good);
    is.assignment = Assignment::Lot;
    EXPECT_EQ(chosen(is, designs_for(is, long_known())).value().grade, Grade::Strong);
    is.starts.resize(3);
    EXPECT_FALSE(of(Design::Staggered, designs_for(is, long_known())).feasible);
}

TEST(DesignRules, ALineNeedsTwelveWeeksAndBeforeAfterIsWeak) {
    EXPECT_EQ(chosen(everybody(), designs_for(everybody(), long_known())).value().design,
              Design::InterruptedSeries);
    Facts young = long_known();
    young.weeks_before = 11;
    const auto best = chosen(everybody(), designs_for(everybody(), young)).value();
    EXPECT_EQ(best.design, Design::BeforeAfter);
    EXPECT_EQ(best.grade, Grade::Weak);
}

TEST(DesignRules, WhoWasChosenForBeingBadNeedsAComparison) {
    Registration is = everybody();
    is.were_worst = true;
    const auto none = chosen(is, designs_for(is, long_known()));
    ASSERT_FALSE(none);
    EXPECT_THAT(none.error().message, HasSubstr("most of such are better the next time"));
    Registration against = compared();
    against.were_worst = true;
    EXPECT_TRUE(chosen(against, designs_for(against, long_known())));
}

TEST(DesignRules, OneThatIsAskedForIsGivenOrRefusedWithItsReason) {
    Registration is = compared();
    is.design = Design::BeforeAfter;
    EXPECT_EQ(chosen(is, designs_for(is, long_known())).value().design, Design::BeforeAfter);
    is.design = Design::SyntheticControl;
    const auto refused = chosen(is, designs_for(is, long_known()));
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("synthetic-control: it needs units"));
}

}  // namespace
}  // namespace kokemus::improve
