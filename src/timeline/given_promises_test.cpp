#include "timeline/given_promises.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using question::GivenPromise;
using question::GivenPromises;
using question::Question;
using tiny::day;
using tiny::hour;
using tiny::Ledger;

blueprint::Blueprint shop() {
    blueprint::Blueprint shop;
    blueprint::Promise delivery;
    delivery.name = "delivery";
    delivery.kept = {"delivered"};
    shop.promises = {delivery};
    shop.channels = {{"phone", blueprint::ChannelKind::Human},
                     {"web", blueprint::ChannelKind::SelfService}};
    blueprint::Scale stars;
    stars.name = "stars5";
    stars.low = 1;
    stars.high = 5;
    shop.scales = {stars};
    return shop;
}

Question of_delivery() {
    Question question;
    question.kind = question::Kind::Lateness;
    question.promise = "delivery";
    return question;
}

const GivenPromise* of(const GivenPromises& given, std::string_view customer) {
    for (const GivenPromise& one : given.rows) {
        if (one.customer == hash64(customer)) {
            return &one;
        }
    }
    return nullptr;
}

TEST(GivenPromises, SayWhatBecameOfEach) {
    Ledger ledger;
    const auto order = [&](const std::string& customer, std::int64_t due) {
        auto& encounter = ledger.add(customer, 0, "order", "o1");
        encounter.channel = "web";
        encounter.due["delivery"] = tiny::at(due);
    };
    order("kept", 5 * hour);
    ledger.add("kept", 4 * hour, "delivered", "o1");
    order("late", 5 * hour);
    ledger.add("late", 6 * hour, "delivered", "o1");
    ledger.add("late", 2 * day, "question").channel = "phone";
    auto& answer = ledger.add("late", 3 * day, "asked");
    answer.score = 1;
    answer.scale = "stars5";
    order("broken", day);
    ledger.add("broken", 9 * day, "question").channel = "phone";
    order("open", 30 * day);
    order("young", 19 * day);
    ledger.add("clock", 20 * day, "x");
    const auto engine = ledger.engine(shop());
    const auto given = *engine.given_promises(of_delivery());
    EXPECT_EQ(given.now, tiny::at(20 * day));
    ASSERT_EQ(given.rows.size(), 5U);
    EXPECT_EQ(given.one_of, 1U);
    EXPECT_EQ(given.groups, std::vector<std::string>{""});

    EXPECT_EQ(of(given, "kept")->kept, tiny::at(4 * hour));
    EXPECT_EQ(of(given, "kept")->contacted, false) << "what keeps it is no contact";
    EXPECT_EQ(of(given, "late")->kept, tiny::at(6 * hour));
    EXPECT_EQ(of(given, "late")->contacted, true);
    EXPECT_EQ(of(given, "late")->experience, -3);
    EXPECT_FALSE(of(given, "kept")->experience);
    EXPECT_FALSE(of(given, "broken")->kept);
    EXPECT_EQ(of(given, "broken")->contacted, false) << "eight days after the due";
    EXPECT_EQ(of(given, "young")->contacted, std::nullopt) << "the week is not over";
    ASSERT_EQ(given.holders.size(), 1U) << "only what is open names its holder";
    EXPECT_EQ(given.holders[of(given, "open")->holder].customer, "open");
    EXPECT_EQ(given.holders[of(given, "open")->holder].thread, "o1");
    EXPECT_EQ(given.population.customers, 6U);
}

TEST(GivenPromises, GroupAndFilterByTheEncounterThatGivesThem) {
    Ledger ledger;
    for (int i = 0; i < 6; ++i) {
        auto& encounter = ledger.add("c" + std::to_string(i), i, "order");
        encounter.channel = i % 2 == 0 ? "web" : "phone";
        encounter.due["delivery"] = tiny::at(hour);
    }
    const auto engine = ledger.engine(shop());
    Question question = of_delivery();
    question.by = question::Field{question::FieldOf::Encounter, "channel"};
    const auto given = *engine.given_promises(question);
    EXPECT_EQ(given.groups, (std::vector<std::string>{"phone", "web"}));
    EXPECT_EQ(given.groups[of(given, "c0")->group], "web");
    EXPECT_EQ(given.groups[of(given, "c1")->group], "phone");
    question.by.reset();
    question.where = tiny::text_is("channel", {"web"});
    EXPECT_EQ(engine.given_promises(question)->rows.size(), 3U);
    question.promise = "none";
    EXPECT_EQ(engine.given_promises(question).error().code, ErrorCode::NotFound);
}

TEST(GivenPromises, AreTheSameHoweverTheTimelineIsMade) {
    Ledger ledger;
    for (int i = 0; i < 500; ++i) {
        const std::string customer = "c" + std::to_string(i % 97);
        ledger.add(customer, i * 7 % 331, "order", "o" + std::to_string(i)).due["delivery"] =
            tiny::at(i * 7 % 331 + 60);
        if (i % 3 != 0) {
            ledger.add(customer, i * 7 % 331 + i % 100, "delivered", "o" + std::to_string(i));
        }
    }
    const auto keys = [&](std::size_t parts, std::size_t rows_max) {
        const auto timeline = ledger.build(shop(), parts);
        const auto given = *list_given_promises(*timeline, of_delivery(), rows_max);
        std::vector<std::tuple<std::uint64_t, Instant, Instant, std::optional<Instant>>> found;
        for (const GivenPromise& one : given.rows) {
            found.emplace_back(one.customer, one.made, one.due, one.kept);
        }
        return std::pair(found, given.one_of);
    };
    const auto whole = keys(1, 1000);
    EXPECT_EQ(whole.first.size(), 500U);
    EXPECT_EQ(whole, keys(5, 1000));
    EXPECT_TRUE(std::ranges::is_sorted(whole.first));
    const auto sample = keys(1, 200);
    EXPECT_GT(sample.second, 1U) << "too many: some customers, drawn by their hashes";
    EXPECT_LE(sample.first.size(), 200U);
    EXPECT_GT(sample.first.size(), 40U);
    EXPECT_EQ(sample, keys(5, 200));
    for (const auto& key : sample.first) {
        EXPECT_TRUE(std::ranges::find(whole.first, key) != whole.first.end());
    }
}

}  // namespace
}  // namespace kokemus::timeline
