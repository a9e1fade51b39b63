#include "refused/refused_store.h"

#include <filesystem>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "records/both_stores.h"
#include "refused/refused_log.h"

namespace kokemus::refused {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// Each test once on SQLite and once on a real PostgreSQL.
class RefusedStore : public records::OnBothStores {
protected:
    RefusedStore() : records::OnBothStores({refused_schema()}) {}

    void SetUp() override {
        records::OnBothStores::SetUp();
        store_ = std::make_unique<Store>(records_);
    }

    void TearDown() override {
        store_.reset();
        records::OnBothStores::TearDown();
    }

    static Instant hour(int hours) { return Instant(std::chrono::hours(24 * 20'000 + hours)); }

    static Item item(const std::string& text, int at, Door door = Door::Segment,
                     const std::string& code = "invalid_event") {
        return make_item({.door = door, .source = "key:k1", .at = hour(at)}, code, "wrong", text);
    }

    void add(const std::vector<Item>& items) {
        const Status added = store_->add(items);
        ASSERT_TRUE(added) << added.error().message << added.error().detail;
    }

    std::vector<std::string> texts(const Wanted& wanted = {}, const Part& part = {}) {
        const auto list = store_->list(wanted, part);
        EXPECT_TRUE(list) << list.error().message << list.error().detail;
        std::vector<std::string> found;
        for (const Item& one : *list) {
            found.push_back(one.text);
        }
        return found;
    }

    std::unique_ptr<Store> store_;
};

TEST_P(RefusedStore, GivesBackWhatWasAdded) {
    Item sent = make_item({.door = Door::Webhook,
                           .source = "desk",
                           .at = hour(1),
                           .user_agent = "bot",
                           .address = "192.0.2.1",
                           .delivery = "msg_1",
                           .delivered = hour(0)},
                          "invalid_event",
                          "`customer` is missing",
                          "{\"a\":\"\xc3\xa4\"}");
    add({sent});
    const Item kept = store_->find(sent.id).value().value();
    EXPECT_EQ(kept.arrival.door, Door::Webhook);
    EXPECT_EQ(kept.arrival.source, "desk");
    EXPECT_EQ(kept.arrival.at, hour(1));
    EXPECT_EQ(kept.arrival.user_agent, "bot");
    EXPECT_EQ(kept.arrival.address, "192.0.2.1");
    EXPECT_EQ(kept.arrival.delivery, "msg_1");
    EXPECT_EQ(kept.arrival.delivered, hour(0));
    EXPECT_EQ(kept.code, "invalid_event");
    EXPECT_EQ(kept.reason, "`customer` is missing");
    EXPECT_EQ(kept.text, sent.text);
    EXPECT_EQ(kept.sent_bytes, sent.sent_bytes);
    EXPECT_TRUE(kept.is_whole);
    EXPECT_EQ(kept.state, State::Open);
    EXPECT_FALSE(kept.decided);
    EXPECT_FALSE(store_->find("none").value());
}

TEST_P(RefusedStore, ListsTheNewestFirstByPartsAndByWhatIsWanted) {
    EXPECT_THAT(texts(), ElementsAre());
    add({item("a", 1),
         item("b", 3),
         item("c", 2, Door::Webhook),
         item("d", 3, Door::Segment, "x")});
    EXPECT_THAT(texts(), testing::UnorderedElementsAre("a", "b", "c", "d"));
    EXPECT_EQ(texts().back(), "a");
    std::vector<std::string> by_parts;
    const auto before = texts();
    Part part{.items = 1};
    for (int i = 0; i < 4; ++i) {
        const auto items = store_->list({}, part).value();
        ASSERT_EQ(items.size(), 1U);
        by_parts.push_back(items[0].text);
        part.after = place_of(items[0]);
        // Neither what is new nor what is gone moves the place.
        add({item("new " + std::to_string(i), 10 + i)});
        ASSERT_TRUE(store_->forget(std::vector{std::string("new ") + std::to_string(i)}));
        if (i == 1) {
            const Part gone{.after = PlaceInTime{items[0].last, items[0].id + "x"}, .items = 1};
            EXPECT_TRUE(store_->list({}, gone)) << "an item that is gone is a place still";
        }
    }
    EXPECT_EQ(by_parts, before);
    EXPECT_TRUE(store_->list({}, part)->empty());
    EXPECT_THAT(texts({.door = Door::Webhook}), ElementsAre("c"));
    EXPECT_THAT(texts({.code = "x"}), ElementsAre("d"));
    EXPECT_THAT(texts({.source = "key:k2"}), ElementsAre());
    EXPECT_THAT(texts({.state = State::Dropped}), ElementsAre());
    ASSERT_EQ(store_->counts()->size(), 3U);
    EXPECT_EQ(store_->counts()->at(0).items, 2);
}

TEST_P(RefusedStore, TheSameAgainIsCountedAndOpenAgain) {
    add({item("a", 1)});
    const std::string id = item("a", 1).id;
    ASSERT_TRUE(store_->decide(std::vector{std::pair{
        id, Decision{.state = State::Dropped, .outcome = "", .at = hour(2), .by = "anna"}}}));
    EXPECT_EQ(store_->find(id)->value().text, "") << "what is decided keeps no personal data";
    EXPECT_EQ(store_->find(id)->value().state, State::Dropped);
    EXPECT_EQ(store_->find(id)->value().decided, hour(2));
    add({item("a", 5)});
    const Item again = store_->find(id)->value();
    EXPECT_EQ(again.times, 2);
    EXPECT_EQ(again.arrival.at, hour(1));
    EXPECT_EQ(again.last, hour(5));
    EXPECT_EQ(again.state, State::Open);
    EXPECT_EQ(again.text, "a");
    EXPECT_EQ(again.arrival.user_agent, item("a", 5).arrival.user_agent);
    EXPECT_FALSE(again.decided);
}

TEST_P(RefusedStore, DecidesOneOrAllThatAreWantedAndOpen) {
    add({item("a", 1), item("b", 2), item("c", 3, Door::Webhook)});
    const std::string id = item("b", 2).id;
    ASSERT_TRUE(store_->decide(
        std::vector{std::pair{id, Decision{.code = "conflict", .reason = "is there"}}}));
    EXPECT_EQ(store_->find(id)->value().code, "conflict");
    EXPECT_EQ(store_->find(id)->value().reason, "is there");
    EXPECT_EQ(store_->find(id)->value().text, "b") << "it stays open";
    std::string long_reason(bounds::reason_bytes_max - 1, 'x');
    ASSERT_TRUE(store_->decide(std::vector{
        std::pair{id, Decision{.code = "invalid", .reason = long_reason + "\xC3\xA4 more"}}}));
    EXPECT_EQ(store_->find(id)->value().reason, long_reason) << "cut between letters";
    const Decision drop{.state = State::Dropped, .at = hour(4), .by = "anna"};
    EXPECT_EQ(store_->decide_all({.door = Door::Segment}, drop).value(), 2);
    EXPECT_EQ(store_->decide_all({.door = Door::Segment}, drop).value(), 0);
    EXPECT_THAT(texts({.state = State::Open}), ElementsAre("c"));
}

TEST_P(RefusedStore, WhatIsTooOldOrTooMuchGoes) {
    add({item("a", 1), item("b", 2), item("c", 3), item(std::string(1000, 'd'), 4)});
    EXPECT_EQ(store_->trim(hour(4)).value(), 0);
    EXPECT_EQ(store_->trim(hour(2 + 24), {.days_max = std::chrono::days(1)}).value(), 1);
    EXPECT_EQ(texts().size(), 3U);
    EXPECT_EQ(store_->trim(hour(4), {.items_max = 2}).value(), 1);
    EXPECT_THAT(texts(), ElementsAre(std::string(1000, 'd'), "c"));
    EXPECT_EQ(store_->trim(hour(4), {.bytes_max = 500}).value(), 2);
    EXPECT_THAT(texts(), ElementsAre());
}

TEST_P(RefusedStore, ForgetsWhomItIsTold) {
    add({item(R"({"userId":"anna@example.com"})", 1),
         item(R"({"userId":"a \"b\""})", 2),
         item(R"({"userId":"100%"})", 3),
         item(R"({"userId":"1000"})", 4),
         item(R"({"userId":"J\u00e4rvi"})", 5),
         item(R"({"userId":"7","note":"at 17:07"})", 6),
         item(R"({"userId":"8","note":"at 17:07"})", 7)});
    EXPECT_EQ(store_->forget(std::vector<std::string>{"", "nobody", std::string("a\0b", 3), "\xff"})
                  .value(),
              0);
    EXPECT_EQ(
        store_
            ->forget(std::vector<std::string>{"anna@example.com", "a \"b\"", "100%", "Järvi", "7"})
            .value(),
        5);
    EXPECT_THAT(texts(),
                ElementsAre(R"({"userId":"8","note":"at 17:07"})", R"({"userId":"1000"})"));
}

TEST_P(RefusedStore, LooksThroughMoreThanItReadsAtOnce) {
    std::vector<Item> many;
    const auto count = static_cast<int>(bounds::looked_through_items_max * 2 + 7);
    for (int i = 0; i < count; ++i) {
        many.push_back(item(fmt::format(R"({{"id":"crm\/{}-"}})", i), 1));
    }
    add(std::move(many));
    add({item("CRM/5-", 1)});
    std::vector<std::string> names;
    for (int i = 0; i < count; i += 2) {
        names.push_back(fmt::format("crm/{}-", i));
    }
    EXPECT_EQ(store_->forget(names).value(), (count + 1) / 2);
    EXPECT_EQ(store_->forget(std::vector<std::string>{"crm/5-"}).value(), 1) << "on both stores";
    EXPECT_EQ(store_->forget(names).value(), 0);
}

TEST_P(RefusedStore, LeavesNoByteOfWhatWasForgotten) {
    add({item(R"({"userId":"anna@example.com","said":"zanzibar-7"})", 1),
         item(std::string(20'000, 'x') + "zanzibar-7, anna@example.com", 2)});
    ASSERT_EQ(store_->forget(std::vector<std::string>{"anna@example.com"}).value(), 2);
    if (GetParam() == records::Dialect::Postgresql) {
        return;  // its files are its own; that the table is written anew is all that is promised
    }
    for (const auto& file : std::filesystem::directory_iterator(folder_)) {
        EXPECT_THAT(read_file(file.path(), 1U << 30U).value(), Not(HasSubstr("zanzibar-7")))
            << file.path();
    }
}

TEST_P(RefusedStore, TheLogKeepsNothingOfWhoIsBarred) {
    const FixedClock clock{hour(1)};
    Log log(*store_, clock, [](const Item& one) { return one.text == "erased"; });
    log.keep({item("a", 1), item("erased", 1)});
    EXPECT_TRUE(log.settle());
    EXPECT_THAT(texts(), ElementsAre("a"));
}

TEST_P(RefusedStore, TheLogWritesBehindAndCountsWhatHasNoRoom) {
    const FixedClock clock{hour(1)};
    Log log(*store_, clock);
    log.keep({});
    log.keep({item("a", 1), item("b", 1)});
    log.settle();
    EXPECT_EQ(texts().size(), 2U);
    EXPECT_EQ(log.not_kept(), 0U);
    const std::vector<Item> many(600, item(std::string(bounds::item_bytes_max, 'x'), 1));
    for (int i = 0; i < 20; ++i) {
        log.keep(many);  // of 40 MB each only one at a time has room
    }
    EXPECT_GT(log.not_kept(), 0U);
    EXPECT_EQ(log.not_kept() % 600, 0U);
}

INSTANTIATE_TEST_SUITE_P(OnBoth, RefusedStore, records::both_dialects(), records::store_name);

}  // namespace
}  // namespace kokemus::refused
