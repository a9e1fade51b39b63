#include "app/organisation.h"

#include <chrono>
#include <deque>
#include <thread>

#include <gtest/gtest.h>

#include "app/live.h"
#include "ledger/ledger_test_folder.h"

namespace kokemus::app {
namespace {

using Time = std::chrono::steady_clock;

class Fresh : public ::testing::Test {
protected:
    void append(const std::string& customer, std::size_t count) {
        std::vector<encounter::Encounter> some(count);
        for (auto& one : some) {
            one.customer = encounter::CustomerName(customer);
            one.id = encounter::EncounterId(std::to_string(++appended_));
            one.touchpoint = "t" + std::to_string(appended_ % 5);
            one.time =
                Instant(Milliseconds(1'700'000'000'000 + static_cast<std::int64_t>(appended_)));
        }
        ASSERT_TRUE(organisation_->ledger().append(some));
    }

    ledger::TestFolder folder_;
    std::unique_ptr<Organisation> organisation_ =
        std::move(*Organisation::open(folder_.path(), std::nullopt, Organisation::Open::OrNew));
    std::uint64_t appended_ = 0;
};

TEST_F(Fresh, WhatIsThereIsInTheNextSnapshot) {
    append("anna", 3);
    EXPECT_EQ((*organisation_->snapshot())->last_number, 3U);
    append("bert", 1);
    EXPECT_EQ((*organisation_->snapshot())->last_number, 4U);
    EXPECT_GT(organisation_->present()->version, 1U);
}

/// Whoever refreshes builds; who only asks may give up.
TEST_F(Fresh, NobodyWaitsForTheTimelineLongerThanTheirOwnTask) {
    append("anna", 3);
    organisation_->refreshes(true);
    const Task late({{}, Task::Seconds(0.05)});
    const auto timed_out = organisation_->snapshot(late);
    ASSERT_FALSE(timed_out);
    EXPECT_EQ(timed_out.error().code, ErrorCode::TimedOut);
    Task left;
    left.call_off();
    const auto called_off = organisation_->snapshot(left);
    ASSERT_FALSE(called_off);
    EXPECT_EQ(called_off.error().code, ErrorCode::Cancelled);
    ASSERT_TRUE(organisation_->refresh());
    EXPECT_EQ((*organisation_->snapshot(Task()))->last_number, 3U);
}

/// Each news of a customer with so many encounters costs a copy of all of them, for which nobody
/// who asks about others is made to wait; and yet what was acknowledged a second before is there.
TEST_F(Fresh, WhatWasAcknowledgedASecondBeforeIsInEveryAnswerWhateverItsCustomerCosts) {
    append("guest", 300'000);
    ASSERT_TRUE(organisation_->refresh());
    const Live live(*organisation_, nullptr);
    std::deque<std::pair<Time::time_point, std::uint64_t>> acknowledged;
    std::uint64_t expected = 300'000;
    int looks = 0;
    for (const auto end = Time::now() + std::chrono::seconds(3); Time::now() < end; ++looks) {
        append("guest", 1);
        acknowledged.emplace_back(Time::now(), appended_);
        const auto asked = Time::now();
        while (!acknowledged.empty() &&
               asked - acknowledged.front().first > std::chrono::seconds(1)) {
            expected = acknowledged.front().second;
            acknowledged.pop_front();
        }
        const auto snapshot = organisation_->snapshot();
        ASSERT_TRUE(snapshot);
        ASSERT_GE((*snapshot)->last_number, expected);
    }
    EXPECT_GT(expected, 300'000U) << "nothing was a second old: " << looks;
    EXPECT_EQ((*organisation_->refresh())->last_number, appended_) << "and at once for who insists";
}

}  // namespace
}  // namespace kokemus::app
