#include "promise/foresight.h"

#include <cmath>

#include <gtest/gtest.h>

#include "base/random.h"
#include "promise/given_test.h"

namespace kokemus::promise {
namespace {

using question::GivenPromise;
using question::GivenPromises;
using tests::all_of;
using tests::given;
using tests::hour;

/// Work that begins when the promise is given: the time it takes is exponential, and every promise
/// gives 72 hours. Of those still open after a while the share that breaks is known exactly.
GivenPromises work(std::size_t n, double mean_hours, std::uint64_t seed) {
    Random random(seed);
    std::vector<GivenPromise> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const double made = 2000 * static_cast<double>(i) / static_cast<double>(n);
        const double takes = -mean_hours * std::log(1 - random.uniform());
        rows.push_back(given(i, made, made + 72, made + takes));
    }
    return all_of(std::move(rows), 2000);
}

TEST(Foresight, GivesTheChanceThatIsThere) {
    const GivenPromises promises = work(20000, 40, 1);
    const Foresight foresight = foresee(promises);
    ASSERT_GT(foresight.open.size(), 100U);
    for (const AtStake& one : foresight.open) {
        const double hours_left = std::chrono::duration<double, std::ratio<3600>>(
                                      promises.rows[one.row].due - promises.now)
                                      .count();
        EXPECT_NEAR(one.chance, std::exp(-hours_left / 40), 0.04);
        EXPECT_LE(one.interval.low, one.chance);
        EXPECT_GE(one.interval.high, one.chance);
    }
    for (std::size_t i = 1; i < foresight.open.size(); ++i) {
        EXPECT_GE(foresight.open[i - 1].chance, foresight.open[i].chance);
    }
    EXPECT_EQ(foresight.decided + foresight.open.size() + foresight.untold, 20000U);
}

TEST(Foresight, IsTriedOnWhatCameLater) {
    const Foresight foresight = foresee(work(20000, 40, 2));
    EXPECT_EQ(foresight.trial.lead, std::chrono::hours(24));
    ASSERT_TRUE(foresight.trial.calibration);
    // All are asked with 24 hours left, so all have the same true chance.
    EXPECT_NEAR(
        static_cast<double>(foresight.trial.broken) / static_cast<double>(foresight.trial.promises),
        std::exp(-24.0 / 40),
        0.03);
    EXPECT_EQ(foresight.trial.called, foresight.trial.promises);
}

/// Of two groups one is slow: its promises stand out, and the trial says that they do.
TEST(Foresight, KnowsTheGroups) {
    Random random(3);
    std::vector<GivenPromise> rows;
    for (std::size_t i = 0; i < 8000; ++i) {
        const double made = static_cast<double>(i) / 4;
        const bool slow = i % 2 == 1;
        const double takes = -(slow ? 200.0 : 20.0) * std::log(1 - random.uniform());
        rows.push_back(given(i, made, made + 72, made + takes));
        rows.back().group = slow ? 1 : 0;
    }
    GivenPromises promises = all_of(std::move(rows), 2000);
    promises.groups = {"quick", "slow"};
    const Foresight foresight = foresee(promises);
    EXPECT_TRUE(foresight.trial.good());
    EXPECT_GT(foresight.trial.calibration->auc, 0.6);
    const double precision = static_cast<double>(foresight.trial.called_broken) /
                             static_cast<double>(foresight.trial.called);
    EXPECT_NEAR(precision, std::exp(-24.0 / 200), 0.05);
    ASSERT_FALSE(foresight.open.empty());
    EXPECT_EQ(promises.rows[foresight.open.front().row].group, 1U);
}

/// An appointment is kept at its due or missed, however long before it was made.
TEST(Foresight, CountsTowardsTheDueWhereTheWorkIsDoneThen) {
    Random random(4);
    std::vector<GivenPromise> rows;
    for (std::size_t i = 0; i < 6000; ++i) {
        const double made = static_cast<double>(i) / 3;
        const double due = made + 50 + 300 * random.uniform();
        const bool missed = random.uniform() < 0.2;
        rows.push_back(given(i, made, due, due + (missed ? 5 : -1)));
    }
    const Foresight foresight = foresee(all_of(std::move(rows), 2000));
    EXPECT_EQ(foresight.clock, Clock::UntilDue);
    ASSERT_FALSE(foresight.open.empty());
    EXPECT_NEAR(foresight.open.back().chance, 0.2, 0.03);
    EXPECT_NEAR(foresight.expected, 0.2 * static_cast<double>(foresight.open.size()), 40);
    EXPECT_LT(foresight.expected_interval.low, foresight.expected);
}

TEST(Foresight, SaysNothingOfNothing) {
    const Foresight nothing = foresee(all_of({}, 10));
    EXPECT_EQ(nothing.decided, 0U);
    EXPECT_FALSE(nothing.trial.good());
    const Foresight one = foresee(all_of({given(1, 0, 20, std::nullopt)}, 10));
    EXPECT_TRUE(one.open.empty());
    EXPECT_EQ(one.untold, 1U);
}

TEST(Foresight, OfShortPromisesIsAskedAQuarterOfTheirTimeBefore) {
    std::vector<GivenPromise> rows;
    for (int i = 0; i < 100; ++i) {
        rows.push_back(given(1, i, i + 4, i + (i % 5 == 0 ? 6.0 : 2.0)));
    }
    EXPECT_EQ(foresee(all_of(rows, 200)).trial.lead, std::chrono::hours(1));
    EXPECT_EQ(foresee(all_of(rows, 200), Milliseconds(5)).trial.lead, Milliseconds(5));
}

}  // namespace
}  // namespace kokemus::promise
