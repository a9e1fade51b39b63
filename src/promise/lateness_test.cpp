#include "promise/lateness.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "promise/given_test.h"

namespace kokemus::promise {
namespace {

using question::GivenPromise;
using tests::all_of;
using tests::given;

/// Experience 1.5 at the due, .1 more for each day early, .4 less for each day late.
std::vector<GivenPromise> asymmetric(std::size_t n, std::uint64_t seed) {
    Random random(seed);
    std::vector<GivenPromise> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const double made = static_cast<double>(i);
        const double slack_days = 6 * random.uniform() - 3;
        const double felt =
            1.5 + (slack_days > 0 ? 0.1 : 0.4) * slack_days + (random.uniform() - 0.5) * 0.5;
        rows.push_back(given(i, made, made + 120, made + 120 - 24 * slack_days, felt));
    }
    return rows;
}

TEST(Lateness, FindsBothSlopes) {
    const Lateness found = lateness(all_of(asymmetric(4000, 1), 1e6));
    ASSERT_TRUE(found.slopes);
    EXPECT_NEAR(found.slopes->gain, 0.1, 0.01);
    EXPECT_NEAR(found.slopes->loss, 0.4, 0.01);
    EXPECT_NEAR(*found.slopes->ratio, 4, 0.4);
    EXPECT_LT(found.slopes->ratio_interval.low, 4);
    EXPECT_GT(found.slopes->ratio_interval.high, 4);
    EXPECT_NEAR(found.slopes->at_zero, 1.5, 0.02);
}

TEST(Lateness, DrawsNoLineADayFromHours) {
    auto rows = asymmetric(1000, 3);
    for (GivenPromise& row : rows) {
        row.kept = row.kept->time_since_epoch() < row.due.time_since_epoch()
                       ? std::optional(row.due - std::chrono::minutes(row.customer % 60))
                       : row.kept;
    }
    EXPECT_FALSE(lateness(all_of(rows, 1e6)).slopes);
}

TEST(Lateness, SaysWhatALatePromiseCosts) {
    const Lateness found = lateness(all_of(asymmetric(4000, 2), 1e6));
    // Means over a slack of 0 to 3 days: 1.65 when kept, .9 when late.
    EXPECT_NEAR(found.ends.kept.experience.estimate, 1.65, 0.02);
    EXPECT_NEAR(found.ends.late_experience.estimate, -0.75, 0.03);
    EXPECT_TRUE(found.ends.late_experience.beyond_chance());
    EXPECT_FALSE(found.ends.broken_experience.enough) << "none was broken";
    EXPECT_EQ(found.ends.kept.promises + found.ends.late.promises, 4000U);
    std::uint64_t dosed = 0;
    for (const Dose& dose : found.doses) {
        dosed += dose.promises;
    }
    EXPECT_EQ(dosed, 4000U);
    EXPECT_EQ(found.doses.front().to, -86400);
    EXPECT_EQ(found.doses.front().from, -3 * 86400);
}

TEST(Lateness, SaysWhatMayBePromised) {
    std::vector<GivenPromise> rows;
    for (int i = 1; i <= 20; ++i) {
        rows.push_back(given(1, 0, 30, i));
    }
    const Lateness twenty = lateness(all_of(rows, 1000));
    ASSERT_EQ(twenty.may_promise.size(), 3U);
    EXPECT_EQ(twenty.cases, 20U);
    EXPECT_TRUE(twenty.may_promise[0].time);
    EXPECT_FALSE(twenty.may_promise[1].time) << "nine of ten need 29 cases (methods d2)";
    EXPECT_EQ(twenty.may_promise[1].needed, 29U);
    for (int i = 21; i <= 29; ++i) {
        rows.push_back(given(1, 0, 30, i));
    }
    EXPECT_EQ(lateness(all_of(rows, 1000)).may_promise[1].time, std::chrono::hours(29));
    rows.back().kept.reset();
    EXPECT_FALSE(lateness(all_of(rows, 1000)).may_promise[1].time) << "the longest was never kept";
}

TEST(Lateness, LeavesOutCasesThatAreTooYoungToTell) {
    std::vector<GivenPromise> rows;
    for (int i = 0; i < 50; ++i) {
        rows.push_back(given(1, 0, 100, 50));
        rows.push_back(given(1, 950, 1050, i < 25 ? std::optional<double>(951) : std::nullopt));
    }
    EXPECT_EQ(lateness(all_of(rows, 1000)).cases, 50U);
}

TEST(Lateness, TakesTheCustomerAsTheUnit) {
    std::vector<GivenPromise> of_many;
    std::vector<GivenPromise> of_few;
    for (std::size_t i = 0; i < 600; ++i) {
        const double felt = (i / 40) % 2 == 0 ? 1.0 : -1.0;
        of_many.push_back(given(i, 0, 10, 5, felt));
        of_few.push_back(given(i / 40, 0, 10, 5, felt));
    }
    const auto width = [](const std::vector<GivenPromise>& rows) {
        const stats::Interval interval = lateness(all_of(rows, 100)).ends.kept.experience.interval;
        return interval.high - interval.low;
    };
    EXPECT_GT(width(of_few), 4 * width(of_many));
}

TEST(Lateness, ContactsCountOnceTheWeekAfterTheDueIsOver) {
    std::vector<GivenPromise> rows;
    for (std::uint64_t i = 0; i < 200; ++i) {
        rows.push_back(given(i, 0, 10, i % 2 == 0 ? 5 : 20));
        rows.back().contacted = i % 2 == 0 ? i % 10 == 0 : i % 3 == 0;
    }
    rows.push_back(given(1000, 0, 10, 5));
    const Lateness found = lateness(all_of(rows, 1000));
    EXPECT_EQ(found.ends.kept.contacted.n, 100U);
    EXPECT_NEAR(found.ends.kept.contacted.estimate, 0.2, 1e-12);
    EXPECT_NEAR(found.ends.late_contacted.estimate, 33.0 / 100 - 0.2, 1e-12);
}

TEST(Lateness, SaysNothingOfNothing) {
    const Lateness nothing = lateness(all_of({}, 10));
    EXPECT_FALSE(nothing.ends.kept.experience.enough);
    EXPECT_FALSE(nothing.slopes);
    EXPECT_TRUE(nothing.doses.empty());
    EXPECT_FALSE(nothing.may_promise[0].time);
}

}  // namespace
}  // namespace kokemus::promise
