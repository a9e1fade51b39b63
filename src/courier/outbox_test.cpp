#include <gmock/gmock.h>

#include "courier/bounds.h"
#include "courier/courier_fixture_test.h"
#include "courier/retry.h"

namespace kokemus::courier {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using Kind = Outcome::Kind;
using std::chrono::hours;
using std::chrono::seconds;

class OutboxTest : public OnBothStores {};
INSTANTIATE_TEST_SUITE_P(Stores, OutboxTest,
                         ::testing::Values(records::Dialect::Sqlite, records::Dialect::Postgresql),
                         store_name);

std::vector<std::string> events_of(const std::vector<Errand>& errands) {
    std::vector<std::string> events;
    for (const Errand& errand : errands) {
        events.push_back(errand.event);
    }
    return events;
}

TEST_P(OutboxTest, AnEmptyOneHasNothingToDo) {
    EXPECT_TRUE(turn().empty());
    send("user.added");
    EXPECT_TRUE(turn().empty());  // nobody wants it
    add("late", {"*"});
    EXPECT_TRUE(turn().empty());
}

TEST_P(OutboxTest, AnEventGoesToEveryTargetThatWantsItAndToNoOther) {
    const Target all = add("all", {"*"}).target;
    const Target users = add("users", {"user.*"}).target;
    const Target cases = add("cases", {"key.*"}).target;
    const std::string event = send("user.added");
    const auto errands = turn();
    EXPECT_THAT(events_of(errands), ElementsAre(event, event));
    EXPECT_EQ(deliveries(all.id).size(), 1U);
    EXPECT_EQ(deliveries(users.id).size(), 1U);
    EXPECT_TRUE(deliveries(cases.id).empty());
    EXPECT_EQ(errands.front().body,
              R"({"type":"user.added","timestamp":"2026-09-21T14:13:20Z","data":{}})");
}

TEST_P(OutboxTest, ATargetHasOneInFlightAndTheRestInTheOrderOfMaking) {
    const Target target = add("all", {"*"}).target;
    std::vector<std::string> sent;
    for (int i = 0; i < 4; ++i) {
        sent.push_back(send("user.added"));
    }
    std::vector<std::string> seen;
    auto errands = turn();
    while (!errands.empty()) {
        ASSERT_EQ(errands.size(), 1U);
        EXPECT_TRUE(turn().empty()) << "a second one in flight";
        seen.push_back(errands.front().event);
        errands = turn({{errands.front(), outcome(Kind::Delivered, 200)}});
    }
    EXPECT_EQ(seen, sent);
    for (const Delivery& delivery : deliveries(target.id)) {
        EXPECT_EQ(delivery.state, DeliveryState::Done);
        EXPECT_EQ(delivery.tries, 1U);
        EXPECT_EQ(delivery.status, 200);
    }
}

TEST_P(OutboxTest, WhatFailedWaitsForItsTimeAndIsGivenUpAfterTheLastTry) {
    const Target target = add("all", {"*"}).target;
    const std::string event = send("user.added");
    auto errands = turn();
    for (unsigned tries = 1; tries < tries_max(); ++tries) {
        ASSERT_EQ(events_of(errands), std::vector{event}) << tries;
        EXPECT_EQ(errands.front().tries, tries - 1);
        const auto wait = *wait_after(tries, 0.5);
        EXPECT_TRUE(turn({{errands.front(), outcome(Kind::Failed, 500)}}).empty());
        EXPECT_EQ(only(target.id).due, clock_.now() + wait);
        clock_.pass(wait - Milliseconds(1));
        EXPECT_TRUE(turn().empty()) << tries;
        clock_.pass(Milliseconds(1));
        errands = turn();
    }
    ASSERT_EQ(errands.size(), 1U);
    turn({{errands.front(), outcome(Kind::Failed, 500)}});
    EXPECT_EQ(only(target.id).state, DeliveryState::Failed);
    EXPECT_EQ(only(target.id).tries, tries_max());
    clock_.pass(hours(100));
    EXPECT_TRUE(turn().empty());
    EXPECT_TRUE(targets_->find(target.id)->is_on);
}

TEST_P(OutboxTest, ATargetThatFailsRestsWhateverElseWaitsForIt) {
    const Target target = add("all", {"*"}).target;
    send("user.added");
    const auto first = turn();
    Outcome asked = outcome(Kind::Failed, 503);
    asked.retry_after = seconds(60);
    turn({{first.front(), asked}});
    const std::string second = send("user.changed");
    EXPECT_TRUE(turn().empty());
    clock_.pass(seconds(59));
    EXPECT_TRUE(turn().empty());
    clock_.pass(seconds(1));
    // The first is due again too, and was made before.
    EXPECT_EQ(events_of(turn()), events_of(first));
}

TEST_P(OutboxTest, GoneSwitchesTheTargetOffAndTellsTheOthers) {
    const Target gone = add("gone", {"user.*"}).target;
    const Target other = add("other", {"target.*"}).target;
    send("user.added");
    send("user.added");
    const auto errands = turn({{turn().front(), outcome(Kind::Gone, 410)}});
    const Target after = targets_->find(gone.id).value();
    EXPECT_FALSE(after.is_on);
    EXPECT_EQ(after.reason, "it answered 410 Gone");
    EXPECT_EQ(after.waiting, 1);
    EXPECT_THAT(noted(), Contains("target.off"));
    ASSERT_EQ(errands.size(), 1U);
    EXPECT_EQ(errands.front().target, other.id);
    EXPECT_NE(errands.front().body.find(R"("target":")" + gone.id), std::string::npos);
    // What happens while it is off is not for it; what waited goes on when it is on again.
    turn({{errands.front(), outcome(Kind::Delivered, 204)}});
    send("user.changed");
    EXPECT_TRUE(turn().empty());
    Target on = after;
    on.is_on = true;
    EXPECT_EQ(targets_->change(on, {"anna"})->reason, "");
    EXPECT_EQ(turn().size(), 1U);
}

TEST_P(OutboxTest, ATargetThatTookNothingForDaysIsSwitchedOff) {
    const Target target = add("dead", {"*"}).target;
    send("user.added");
    turn({{turn().front(), outcome(Kind::Failed, 0)}});
    clock_.pass(bounds::failing_max - hours(1));
    turn({{turn().front(), outcome(Kind::Failed, 0)}});
    EXPECT_TRUE(targets_->find(target.id)->is_on);
    clock_.pass(hours(1));
    send("user.changed");
    turn({{turn().front(), outcome(Kind::Failed, 0)}});
    EXPECT_FALSE(targets_->find(target.id)->is_on);
    EXPECT_EQ(targets_->find(target.id)->reason, "it took nothing since 2026-09-21T14:13:20Z");
}

/// What is sent once a month: the one before was given up, and nothing was tried since.
TEST_P(OutboxTest, WhatWasGivenUpLongAgoDoesNotSwitchATargetOff) {
    const Target target = add("rare", {"user.*"}).target;
    send("user.added");
    for (unsigned tries = 1; tries <= tries_max(); ++tries) {
        turn({{turn().front(), outcome(Kind::Failed, 503, 0.1)}});
        clock_.pass(wait_after(tries, 0.1).value_or(Milliseconds(0)));
        EXPECT_EQ(targets_->find(target.id)->failing_since.has_value(), tries < tries_max());
    }
    EXPECT_EQ(only(target.id).state, DeliveryState::Failed);
    clock_.pass(hours(24 * 30));
    send("user.changed");
    turn({{turn().front(), outcome(Kind::Failed, 503)}});
    const Target after = targets_->find(target.id).value();
    EXPECT_TRUE(after.is_on) << after.reason;
    EXPECT_EQ(after.failing_since, clock_.now());
    EXPECT_EQ(after.waiting, 1);
}

TEST_P(OutboxTest, AGoodTestEndsTheTimeOfFailing) {
    const Target target = add("all", {"*"}).target;
    const std::string event = send("user.added");
    Outcome busy = outcome(Kind::Failed, 503);
    busy.retry_after = hours(2);
    turn({{turn().front(), busy}});
    clock_.pass(hours(1));
    const Errand bad = targets_->test_errand(target.id).value();
    ASSERT_TRUE(targets_->keep_test(bad, outcome(Kind::Failed, 503), {"anna"}));
    EXPECT_TRUE(targets_->find(target.id)->failing_since.has_value());
    const Errand good = targets_->test_errand(target.id).value();
    ASSERT_TRUE(targets_->keep_test(good, outcome(Kind::Delivered, 200), {"anna"}));
    EXPECT_FALSE(targets_->find(target.id)->failing_since.has_value());
    const std::string second = send("user.changed");
    EXPECT_EQ(events_of(turn()), std::vector{second}) << "it rests no more; the first has its time";
    EXPECT_EQ(deliveries(target.id).size(), 4U);
}

TEST_P(OutboxTest, OneThatTookSomethingIsFailingNoMore) {
    const Target target = add("all", {"*"}).target;
    send("user.added");
    turn({{turn().front(), outcome(Kind::Failed, 500)}});
    EXPECT_EQ(targets_->find(target.id)->failing_since, clock_.now());
    clock_.pass(hours(1));
    turn({{turn().front(), outcome(Kind::Delivered, 200)}});
    EXPECT_EQ(targets_->find(target.id)->failing_since, std::nullopt);
    EXPECT_EQ(only(target.id).tries, 2U);
}

TEST_P(OutboxTest, WhatWasNotTriedIsAsBefore) {
    const Target target = add("all", {"*"}).target;
    send("user.added");
    const auto first = turn();
    const auto again = turn({{first.front(), Outcome{}}});
    EXPECT_EQ(events_of(again), events_of(first));
    EXPECT_EQ(only(target.id).tries, 0U);
}

TEST_P(OutboxTest, AfterAKillTheSameIsClaimedAgain) {
    add("all", {"*"});
    const std::string event = send("user.added");
    ASSERT_EQ(turn().size(), 1U);
    open();
    ASSERT_TRUE(outbox_->begin());
    if (GetParam() == records::Dialect::Postgresql) {
        EXPECT_TRUE(turn().empty()) << "another server may be at it";
        clock_.pass(bounds::claim_max);
    }
    EXPECT_EQ(events_of(turn()), std::vector{event});
}

TEST_P(OutboxTest, AnEventOfAChangeThatWasUndoneIsNotSent) {
    add("all", {"*"});
    const auto undone = records_->change([&](records::Session& session) -> Status {
        TRY(keep_event(session, {"user.added", clock_.now()}));
        return invalid_input("no");
    });
    EXPECT_FALSE(undone);
    EXPECT_TRUE(turn().empty());
    EXPECT_FALSE(outbox_->send({"no type", clock_.now()}));
}

TEST_P(OutboxTest, WhatIsOverIsForgottenAfterAWhileAndWhatWaitsIsNot) {
    const Target done = add("done", {"user.*"}).target;
    const Target off = add("off", {"key.*"}).target;
    send("user.added");
    send("key.made");
    for (const Errand& errand : turn()) {
        turn({{errand, outcome(errand.target == done.id ? Kind::Delivered : Kind::Failed, 200)}});
    }
    clock_.pass(bounds::kept_for + seconds(1));
    ASSERT_TRUE(outbox_->tidy_up());
    EXPECT_TRUE(deliveries(done.id).empty());
    EXPECT_EQ(only(off.id).state, DeliveryState::Waiting);
    const auto events = records_->read([](records::Session& session) {
        return session.row<std::int64_t>("SELECT count(*) FROM courier_event");
    });
    EXPECT_EQ(std::get<0>(**events), 1);
}

TEST_P(OutboxTest, ATargetTakenAwayInFlightStaysAway) {
    const Target target = add("all", {"*"}).target;
    send("user.added");
    const auto errands = turn();
    ASSERT_TRUE(targets_->remove(target.id, {"anna"}));
    EXPECT_TRUE(turn({{errands.front(), outcome(Kind::Gone, 410)}}).empty());
    EXPECT_THAT(noted(), Not(Contains("target.off")));
    EXPECT_EQ(targets_->find(target.id).error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace kokemus::courier
