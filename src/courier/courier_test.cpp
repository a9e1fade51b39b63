#include "courier/courier.h"

#include <gmock/gmock.h>

#include "courier/bounds.h"
#include "courier/courier_fixture_test.h"
#include "courier/receiver_test.h"
#include "courier/signature.h"

namespace kokemus::courier {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

class CourierTest : public OnBothStores {
protected:
    CourierTest() {
        rules_.allows_http = true;
        rules_.networks = {blueprint::parse_network("127.0.0.0/8").value()};
    }

    void start() { courier_ = std::make_unique<Courier>(*outbox_, *targets_, clock_); }

    void TearDown() override {
        courier_.reset();
        OnBothStores::TearDown();
    }

    /// Waits for what has to come, ten seconds at most.
    template <typename Condition>
    static bool comes(const Condition& condition) {
        const auto end = steady_clock::now() + seconds(10);
        while (!condition()) {
            if (steady_clock::now() > end) {
                return false;
            }
            std::this_thread::sleep_for(milliseconds(10));
        }
        return true;
    }

    bool becomes(const Target& target, DeliveryState state, std::size_t count = 1) {
        return comes([&] {
            return targets_->deliveries(target.id, {state, "", 500})->size() == count;
        });
    }

    /// Of its one delivery; 0 before there is one.
    unsigned tries_of(const Target& target) const {
        const auto list = deliveries(target.id);
        return list.empty() ? 0 : list.back().tries;
    }

    std::unique_ptr<Courier> courier_;
};
INSTANTIATE_TEST_SUITE_P(Stores, CourierTest,
                         ::testing::Values(records::Dialect::Sqlite, records::Dialect::Postgresql),
                         store_name);

std::string well(const Received& /*one*/, int /*line*/) {
    return Receiver::status(200);
}

TEST_P(CourierTest, WhatIsSentArrivesSignedAndInOrder) {
    const Receiver receiver(well);
    const WithSecret made = add("shop", {"user.*"}, receiver.url());
    const std::string old_secret = made.secret;
    const WithSecret renewed = targets_->renew_secret(made.target.id, hours(1), {"anna"}).value();
    start();
    std::vector<std::string> sent;
    for (int i = 0; i < 20; ++i) {
        sent.push_back(send("user.added"));
        send("key.made");
        courier_->wake();
    }
    ASSERT_TRUE(becomes(made.target, DeliveryState::Done, 20));
    std::vector<std::string> got;
    for (const Received& one : receiver.received()) {
        got.push_back(one.header("webhook-id"));
        EXPECT_EQ(one.header("content-type"), "application/json");
        EXPECT_EQ(one.header("webhook-timestamp"), webhook_timestamp(clock_.now()));
        EXPECT_EQ(one.header("webhook-signature"),
                  webhook_signature({got.back(), clock_.now(), one.body},
                                    std::vector{renewed.secret, old_secret})
                      .value());
    }
    EXPECT_EQ(got, sent);
}

TEST_P(CourierTest, WhatFailsIsTriedAgainUnderTheSameId) {
    std::atomic<int> times{0};
    const Receiver receiver([&](const Received&, int) {
        return Receiver::status(++times <= 2 ? 500 : 200, "", "no room\x01");
    });
    const Target target = add("shop", {"*"}, receiver.url()).target;
    start();
    const std::string event = send("user.added");
    for (int tries = 1; tries <= 2; ++tries) {
        ASSERT_TRUE(comes([&] { return tries_of(target) == static_cast<unsigned>(tries); }));
        const Delivery delivery = only(target.id);
        EXPECT_EQ(delivery.state, DeliveryState::Waiting);
        EXPECT_EQ(delivery.status, 500);
        EXPECT_EQ(delivery.problem, "it answered 500");
        EXPECT_EQ(delivery.answer, "no room?");
        clock_.pass(hours(1));
    }
    ASSERT_TRUE(becomes(target, DeliveryState::Done));
    ASSERT_EQ(receiver.count(), 3U);
    for (const Received& one : receiver.received()) {
        EXPECT_EQ(one.header("webhook-id"), event);
        EXPECT_EQ(one.body, receiver.received().front().body);
    }
    EXPECT_NE(receiver.received().at(0).header("webhook-signature"),
              receiver.received().at(2).header("webhook-signature"));
}

TEST_P(CourierTest, GoneIsTheEndAndARedirectIsAFailure) {
    const Receiver gone([](const Received&, int) { return Receiver::status(410); });
    const Receiver leads_on([&](const Received&, int) {
        return Receiver::status(302, "Location: " + gone.url() + "\r\n");
    });
    const Target one = add("gone", {"*"}, gone.url()).target;
    const Target other = add("leads on", {"user.*"}, leads_on.url()).target;
    start();
    send("user.added");
    ASSERT_TRUE(comes([&] { return !targets_->find(one.id)->is_on; }));
    ASSERT_TRUE(comes([&] { return tries_of(other) == 1; }));
    EXPECT_EQ(only(other.id).problem, "it answered 302; redirects are not followed");
    EXPECT_EQ(only(one.id).state, DeliveryState::Failed);
    EXPECT_EQ(gone.connections(), 1);
}

TEST_P(CourierTest, OneThatIsSlowHoldsUpNoOther) {
    std::atomic<bool> goes_on{true};
    const Receiver slow([&](const Received&, int) {
        while (goes_on) {
            std::this_thread::sleep_for(milliseconds(10));
        }
        return Receiver::status(200);
    });
    const Receiver quick(well);
    const Target waits = add("slow", {"*"}, slow.url()).target;
    const Target target = add("quick", {"*"}, quick.url()).target;
    start();
    for (int i = 0; i < 5; ++i) {
        send("user.added");
    }
    EXPECT_TRUE(becomes(target, DeliveryState::Done, 5));
    EXPECT_EQ(slow.connections(), 1);
    EXPECT_EQ(targets_->find(waits.id)->waiting, 5);
    goes_on = false;
    EXPECT_TRUE(becomes(waits, DeliveryState::Done, 5));
}

/// The test of an end in the middle: what was in flight goes again, under the same id.
TEST_P(CourierTest, AnEndCallsOffWhatIsInFlightAndTheNextStartGoesOn) {
    std::atomic<bool> answers{false};
    const Receiver receiver([&](const Received& one, int line) {
        pollfd closed{line, POLLRDHUP, 0};
        while (!answers && ::poll(&closed, 1, 10) == 0) {
        }
        return well(one, line);
    });
    const Target target = add("shop", {"*"}, receiver.url()).target;
    start();
    const std::string event = send("user.added");
    send("user.changed");
    ASSERT_TRUE(comes([&] { return receiver.count() == 1; }));
    const auto began = steady_clock::now();
    courier_.reset();
    EXPECT_LT(steady_clock::now() - began, seconds(5));
    EXPECT_EQ(deliveries(target.id).back().tries, 0U);
    answers = true;
    open();
    start();
    ASSERT_TRUE(becomes(target, DeliveryState::Done, 2));
    ASSERT_EQ(receiver.count(), 3U);
    EXPECT_EQ(receiver.received().at(0).header("webhook-id"), event);
    EXPECT_EQ(receiver.received().at(1).header("webhook-id"), event);
}

TEST_P(CourierTest, ATestIsTriedAtOnceOnOrOffAndKept) {
    const Receiver receiver(well);
    Target target = add("shop", {"key.*"}, receiver.url()).target;
    target.is_on = false;
    ASSERT_TRUE(targets_->change(target, {"anna"}));
    start();
    const Delivery delivery = courier_->test(target.id, {"anna"}).value();
    EXPECT_EQ(delivery.type, "kokemus.test");
    EXPECT_EQ(delivery.state, DeliveryState::Done);
    EXPECT_EQ(delivery.status, 200);
    EXPECT_EQ(receiver.received().at(0).header("webhook-id"), delivery.event);
    EXPECT_EQ(only(target.id).event, delivery.event);
    EXPECT_EQ(courier_->test("nobody", {"anna"}).error().code, ErrorCode::NotFound);
    EXPECT_THAT(noted(), ::testing::Contains("target.test"));
}

TEST_P(CourierTest, AClosedAddressIsSaidAndNothingGoesThere) {
    const Receiver receiver(well);
    rules_.networks.clear();
    open();
    const Target target = add("inside", {"*"}, receiver.url("localhost")).target;
    start();
    send("user.added");
    ASSERT_TRUE(comes([&] { return tries_of(target) == 1; }));
    EXPECT_NE(only(target.id).problem.find("not on the public internet"), std::string::npos);
    EXPECT_EQ(receiver.connections(), 0);
}

}  // namespace
}  // namespace kokemus::courier
