#include <fstream>
#include <functional>
#include <sstream>

#include <gmock/gmock.h>

#include "courier/bounds.h"
#include "courier/courier_fixture_test.h"
#include "courier/signature.h"

namespace kokemus::courier {
namespace {

using ::testing::ElementsAre;
using Kind = Outcome::Kind;
using std::chrono::hours;
using std::chrono::seconds;

class TargetsTest : public OnBothStores {};
INSTANTIATE_TEST_SUITE_P(Stores, TargetsTest,
                         ::testing::Values(records::Dialect::Sqlite, records::Dialect::Postgresql),
                         store_name);

const Doing anna{"anna", "192.0.2.7"};

TEST_P(TargetsTest, AreAddedChangedListedAndTakenAway) {
    EXPECT_TRUE(targets_->list()->empty());
    Target shop = add("shop", {"user.*", "key.made"}).target;
    EXPECT_EQ(targets_->find(shop.id)->events, (std::vector<std::string>{"user.*", "key.made"}));
    shop.name = "desk";
    shop.is_on = false;
    EXPECT_EQ(targets_->change(shop, anna)->name, "desk");
    EXPECT_FALSE(targets_->find(shop.id)->is_on);
    shop.url = "http://example.com";
    EXPECT_EQ(targets_->change(shop, anna).error().code, ErrorCode::InvalidInput);
    add("second", {"*"});
    EXPECT_EQ(targets_->list()->size(), 2U);
    EXPECT_TRUE(targets_->remove(shop.id, anna));
    EXPECT_EQ(targets_->remove(shop.id, anna).error().code, ErrorCode::NotFound);
    EXPECT_THAT(noted(), ElementsAre("target.add", "target.change", "target.add", "target.remove"));
}

TEST_P(TargetsTest, HaveAVersionThatTellsOfChangesByPeople) {
    const Target seen = add("shop", {"user.*"}).target;
    ASSERT_TRUE(outbox_->send({"user.added", clock_.now()}));
    ASSERT_TRUE(outbox_->turn({}, 8));
    const Target busy = targets_->find(seen.id).value();
    EXPECT_EQ(busy.waiting, 1);
    EXPECT_EQ(version_of(busy), version_of(seen)) << "what waits is no change of the target";
    for (const auto& change : std::vector<std::function<void(Target&)>>{
             [](Target& target) { target.name = "desk"; },
             [](Target& target) { target.url += "/2"; },
             [](Target& target) { target.events = {"user.added"}; },
             [](Target& target) { target.is_on = false; }}) {
        const Target present = targets_->find(seen.id).value();
        Target wanted = present;
        change(wanted);
        EXPECT_NE(version_of(wanted), version_of(present));
        ASSERT_TRUE(targets_->change(wanted, anna, present));
        EXPECT_EQ(targets_->change(wanted, anna, present).error().code, ErrorCode::Conflict);
    }
}

TEST_P(TargetsTest, AreListedBehindAPlace) {
    for (const char* name : {"a", "b", "c"}) {
        add(name, {"*"});
    }
    const auto all = targets_->list().value();
    ASSERT_EQ(all.size(), 3U);
    const auto rest = targets_->list(PlaceInTime{all[0].made, all[0].id}).value();
    ASSERT_EQ(rest.size(), 2U);
    EXPECT_EQ(rest[0].id, all[1].id);
    EXPECT_EQ(rest[1].id, all[2].id);
    clock_.pass(Milliseconds(1));
    add("d", {"*"});
    EXPECT_EQ(targets_->list(PlaceInTime{all[2].made, all[2].id})->size(), 1U);
}

TEST_P(TargetsTest, WhatCannotBeNotedDoesNotHappen) {
    const Target target = add("shop", {"*"}).target;
    fails_to_note_ = true;
    EXPECT_FALSE(targets_->remove(target.id, anna));
    EXPECT_FALSE(targets_->renew_secret(target.id, hours(1), anna));
    EXPECT_EQ(targets_->find(target.id)->old_secret_until, std::nullopt);
}

TEST_P(TargetsTest, HaveABound) {
    for (std::size_t i = 0; i < bounds::targets_max; ++i) {
        add("shop", {"*"});
    }
    Target more;
    more.name = "more";
    more.url = "https://example.com";
    more.events = {"*"};
    EXPECT_EQ(targets_->add(more, anna).error().code, ErrorCode::TooLarge);
}

TEST_P(TargetsTest, TheOldSecretSignsUntilItsEnd) {
    const WithSecret made = add("shop", {"*"});
    const auto secrets = [&] {
        return targets_->secrets_of(targets_->test_errand(made.target.id).value()).value();
    };
    EXPECT_THAT(secrets(), ElementsAre(made.secret));
    const WithSecret renewed = targets_->renew_secret(made.target.id, hours(2), anna).value();
    EXPECT_NE(renewed.secret, made.secret);
    EXPECT_EQ(renewed.target.old_secret_until, clock_.now() + hours(2));
    EXPECT_THAT(secrets(), ElementsAre(renewed.secret, made.secret));
    clock_.pass(hours(2));
    EXPECT_THAT(secrets(), ElementsAre(renewed.secret));
    const WithSecret at_once = targets_->renew_secret(made.target.id, hours(0), anna).value();
    EXPECT_THAT(secrets(), ElementsAre(at_once.secret));
    EXPECT_FALSE(targets_->renew_secret(made.target.id, hours(-1), anna));
    EXPECT_FALSE(targets_->renew_secret(made.target.id, bounds::old_secret_max + hours(1), anna));
    EXPECT_EQ(targets_->renew_secret("nobody", hours(1), anna).error().code, ErrorCode::NotFound);
}

TEST_P(TargetsTest, SecretsAreSealedInTheStoreEachInItsPlace) {
    const WithSecret one = add("one", {"*"});
    const WithSecret two = add("two", {"*"});
    const auto kept = records_->read([](records::Session& session) {
        return session.rows<std::string>("SELECT secret FROM courier_target ORDER BY made, id");
    });
    for (const auto& [secret] : *kept) {
        EXPECT_EQ(secret.find(one.secret.substr(6)), std::string::npos);
        EXPECT_EQ(secret.find(two.secret.substr(6)), std::string::npos);
    }
    Errand swapped = targets_->test_errand(one.target.id).value();
    swapped.target = two.target.id;
    EXPECT_EQ(targets_->secrets_of(swapped).error().code, ErrorCode::Corrupt);
}

TEST_P(TargetsTest, DeliveriesAreListedNewestFirstInPagesAndByState) {
    const Target target = add("shop", {"*"}).target;
    std::vector<std::string> sent;
    for (int i = 0; i < 5; ++i) {
        sent.push_back(send("user.added"));
        clock_.pass(seconds(1));
    }
    auto errands = turn();
    errands = turn({{errands.front(), outcome(Kind::Delivered, 200)}});
    const auto ids = [&](const DeliveryPage& page) {
        std::vector<std::string> list;
        const auto listed = targets_->deliveries(target.id, page);
        for (const Delivery& delivery : *listed) {
            list.push_back(delivery.event);
        }
        return list;
    };
    EXPECT_THAT(ids({std::nullopt, "", 2}), ElementsAre(sent[4], sent[3]));
    EXPECT_THAT(ids({std::nullopt, sent[3], 2}), ElementsAre(sent[2], sent[1]));
    EXPECT_THAT(ids({DeliveryState::Done, "", 10}), ElementsAre(sent[0]));
    EXPECT_THAT(ids({DeliveryState::Waiting, sent[4], 1}), ElementsAre(sent[3]));
    EXPECT_TRUE(ids({DeliveryState::Failed, "", 10}).empty());
    EXPECT_EQ(targets_->deliveries("nobody", {}).error().code, ErrorCode::NotFound);
}

TEST_P(TargetsTest, ReplaySendsOneAgainOrAllThatFailedSince) {
    const Target target = add("shop", {"*"}).target;
    std::vector<std::string> sent;
    std::vector<Errand> errands;
    for (int i = 0; i < 3; ++i) {
        sent.push_back(send("user.added"));
        errands = turn();
        // Given up at once: as after the last try.
        errands.front().tries = 9;
        turn({{errands.front(), outcome(Kind::Failed, 500)}});
        clock_.pass(hours(1));
    }
    EXPECT_TRUE(turn().empty());
    EXPECT_EQ(targets_->replay(target.id, {"", clock_.now() - hours(2)}, anna).value(), 2);
    errands = turn();
    ASSERT_EQ(errands.size(), 1U);
    EXPECT_EQ(errands.front().event, sent[1]);
    EXPECT_EQ(errands.front().tries, 0U);
    turn({{errands.front(), outcome(Kind::Delivered, 200)}});
    EXPECT_EQ(targets_->replay(target.id, {sent[1], std::nullopt}, anna).value(), 1);
    EXPECT_EQ(targets_->replay(target.id, {"msg_x", std::nullopt}, anna).error().code,
              ErrorCode::NotFound);
    EXPECT_FALSE(targets_->replay(target.id, {"", std::nullopt}, anna));
    EXPECT_FALSE(targets_->replay(target.id, {sent[0], clock_.now()}, anna));
    EXPECT_EQ(targets_->replay(target.id, {"", Instant{}}, anna).value(), 1);
}

}  // namespace
}  // namespace kokemus::courier
