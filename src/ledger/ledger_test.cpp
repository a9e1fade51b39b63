#include "ledger/ledger.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"
#include "duck/duck.h"
#include "ledger/duck_ledger.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/schema.h"

namespace kokemus::ledger {
namespace {

using encounter::Customer;
using encounter::CustomerName;
using encounter::Encounter;
using encounter::EncounterId;
using encounter::ThreadName;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

Encounter make(const std::string& customer, const std::string& id, std::int64_t milliseconds = 0) {
    Encounter encounter;
    encounter.customer = CustomerName(customer);
    encounter.id = EncounterId(id);
    encounter.time = Instant(Milliseconds(1'700'000'000'000 + milliseconds));
    encounter.touchpoint = "Order placed";
    return encounter;
}

Encounter full() {
    Encounter encounter = make("anna", "full");
    encounter.sequence = 7;
    encounter.channel = "web";
    encounter.department = "Sales";
    encounter.employee = "e7";
    encounter.thread = ThreadName("order 12");
    encounter.score = 9;
    encounter.scale = "nps";
    encounter.text = "Nopea \"kuitu\"\n'; DROP TABLE encounter; --";
    encounter.language = "fi";
    encounter.value = -49.9;
    encounter.duration_seconds = 0.1;
    encounter.due = {{"install", encounter.time}, {"first bill", encounter.time - Milliseconds(1)}};
    encounter.properties = R"({"plan":"gold"})";
    encounter.time_clamped = true;
    return encounter;
}

std::vector<Entry> all(const Ledger& ledger) {
    std::vector<Entry> out;
    EXPECT_TRUE(ledger.scan([&](std::span<const Entry> entries) -> Status {
        out.insert(out.end(), entries.begin(), entries.end());
        return {};
    }));
    return out;
}

std::vector<Encounter> bodies(const std::vector<Entry>& entries) {
    std::vector<Encounter> out;
    for (const Entry& entry : entries) {
        out.push_back(entry.encounter);
    }
    return out;
}

Receipt append(Ledger& ledger, const std::vector<Encounter>& batch) {
    auto receipt = ledger.append(batch);
    EXPECT_TRUE(receipt) << receipt.error().message;
    return receipt ? *receipt : Receipt{};
}

TEST(Ledger, AnEmptyOneIsEmpty) {
    const TestFolder folder;
    const auto ledger = folder.open();
    EXPECT_EQ(ledger->totals()->encounters, 0U);
    EXPECT_FALSE(ledger->totals()->first.has_value());
    EXPECT_TRUE(all(*ledger).empty());
    EXPECT_EQ(append(*ledger, {}).accepted, 0U);
    EXPECT_TRUE(ledger->read_customer(CustomerName("x"))->empty());
    EXPECT_FALSE(ledger->customer(CustomerName("x"))->has_value());
}

TEST(Ledger, GivesBackEveryFieldAlsoAfterReopening) {
    const TestFolder folder;
    std::vector<Encounter> batch = {full(), make("bert", "plain")};
    {
        const auto ledger = folder.open();
        EXPECT_EQ(append(*ledger, batch).accepted, 2U);
        EXPECT_EQ(bodies(all(*ledger)), batch);
    }
    const auto ledger = folder.open();
    EXPECT_EQ(bodies(all(*ledger)), batch);
    EXPECT_EQ(ledger->totals()->encounters, 2U);
    EXPECT_EQ(ledger->totals()->customers, 2U);
    EXPECT_EQ(ledger->totals()->last_number, 2U);
    EXPECT_EQ(*ledger->last_number(), 2U);
    EXPECT_EQ(ledger->totals()->first, batch[1].time);
    EXPECT_EQ(append(*ledger, batch).duplicates, 2U);
    EXPECT_EQ(append(*ledger, {make("cecilia", "1")}).accepted, 1U);
    EXPECT_EQ(all(*ledger).back().number, 3U);
}

TEST(Ledger, OrdersByCustomerTimeSequenceId) {
    const TestFolder folder;
    const auto ledger = folder.open();
    Encounter early = make("b", "z", 1);
    Encounter late = make("b", "a", 2);
    Encounter first_row = make("b", "y", 2);
    first_row.sequence = 1;
    Encounter second_row = make("b", "x", 2);
    second_row.sequence = 1;
    append(*ledger, {first_row, late});
    append(*ledger, {second_row, make("a\xC3\xA4", "1", 9), early, make("a", "1", 8)});
    std::vector<std::string> ids;
    for (const Entry& entry : all(*ledger)) {
        ids.push_back(entry.encounter.customer.value() + "/" + entry.encounter.id.value());
    }
    EXPECT_THAT(ids, ElementsAre("a/1", "a\xC3\xA4/1", "b/z", "b/a", "b/x", "b/y"));
    EXPECT_EQ(bodies(*ledger->read_customer(CustomerName("b"))),
              (std::vector<Encounter>{early, late, second_row, first_row}));
}

TEST(Ledger, TheSameIdIsOneEncounterOrASaidConflict) {
    const TestFolder folder;
    const auto ledger = folder.open();
    append(*ledger, {full()});
    Encounter changed = full();
    changed.channel = "app";
    Encounter other_customer = full();
    other_customer.customer = CustomerName("bert");
    Encounter fresh = make("bert", "fresh");
    Encounter fresh_changed = fresh;
    fresh_changed.score = 3;
    fresh_changed.scale = "csat5";
    const Receipt receipt =
        append(*ledger, {full(), changed, other_customer, fresh, fresh, fresh_changed});
    EXPECT_EQ(receipt.accepted, 2U);
    EXPECT_EQ(receipt.duplicates, 2U);
    ASSERT_EQ(receipt.conflicts.size(), 2U);
    EXPECT_EQ(receipt.conflicts[0].index, 1U);
    EXPECT_THAT(receipt.conflicts[0].reason,
                AllOf(HasSubstr("\"full\""),
                      HasSubstr("\"anna\""),
                      HasSubstr("`channel` was \"web\", now \"app\"")));
    EXPECT_EQ(receipt.conflicts[1].index, 5U);
    EXPECT_THAT(receipt.conflicts[1].reason, HasSubstr("`score` was absent, now 3"));
    EXPECT_EQ(all(*ledger).size(), 3U);
}

TEST(Ledger, IdentitiesThatShareAKeyStayApart) {
    const TestFolder folder;
    const auto weak = [](std::string_view, std::string_view id) {
        return static_cast<std::uint64_t>(1 + id.size() % 2);
    };
    std::vector<Encounter> batch;
    for (int i = 0; i < 20; ++i) {
        batch.push_back(make("c" + std::to_string(i % 3), std::to_string(i)));
    }
    for (int round = 0; round < 3; ++round) {
        const auto ledger = DuckLedger::open(folder.path(), {.key = weak});
        ASSERT_TRUE(ledger) << ledger.error().message;
        const Receipt receipt = append(**ledger, batch);
        EXPECT_EQ(receipt.accepted, round == 0 ? 20U : 0U);
        EXPECT_EQ(receipt.duplicates, round == 0 ? 0U : 20U);
        EXPECT_EQ(append(**ledger, batch).duplicates, 20U);
        EXPECT_EQ((*ledger)->totals()->encounters, 20U);
    }
}

TEST(Ledger, ManyWritersShareCommitsAndGetTheirOwnReceipts) {
    const TestFolder folder;
    const auto ledger = folder.open();
    constexpr int writers = 8;
    constexpr int rounds = 25;
    std::atomic<std::uint64_t> accepted = 0;
    std::atomic<std::uint64_t> duplicates = 0;
    {
        std::vector<std::jthread> threads;
        for (int writer = 0; writer < writers; ++writer) {
            threads.emplace_back([&, writer] {
                for (int round = 0; round < rounds; ++round) {
                    const std::string own = std::to_string(writer) + "-" + std::to_string(round);
                    Encounter conflicting = make("shared", "s" + std::to_string(round));
                    conflicting.text = "of writer " + std::to_string(writer);
                    const Receipt receipt = append(*ledger,
                                                   {make("own", own),
                                                    make("shared", "t" + std::to_string(round)),
                                                    conflicting,
                                                    make("own", own)});
                    accepted += receipt.accepted;
                    duplicates += receipt.duplicates;
                    EXPECT_EQ(receipt.accepted + receipt.duplicates + receipt.conflicts.size(), 4U);
                    EXPECT_GE(receipt.duplicates, 1U);
                    for (const auto& conflict : receipt.conflicts) {
                        EXPECT_EQ(conflict.index, 2U);
                    }
                }
            });
        }
    }
    EXPECT_EQ(accepted, static_cast<std::uint64_t>(writers * rounds + 2 * rounds));
    EXPECT_EQ(duplicates, static_cast<std::uint64_t>(writers * rounds + (writers - 1) * rounds));
    EXPECT_EQ(ledger->totals()->encounters, accepted);
    EXPECT_EQ(all(*ledger).size(), accepted);
    EXPECT_EQ(*ledger->last_number(), accepted);
}

TEST(Ledger, BatchesAppendedTogetherHaveOutcomesOfTheirOwn) {
    const TestFolder folder;
    const auto ledger = folder.open();
    const std::vector<Encounter> first = {make("anna", "a"), make("anna", "b")};
    std::vector<Encounter> faulty = {make("", "c")};
    const std::vector<Encounter> none;
    std::vector<Encounter> changed = {make("bert", "d"), make("anna", "b", 5), make("anna", "a")};
    const std::vector<std::span<const Encounter>> batches = {first, faulty, none, changed};
    const auto outcomes = ledger->append_each(batches);
    ASSERT_EQ(outcomes.size(), 4);
    EXPECT_EQ(outcomes[0]->accepted, 2);
    ASSERT_FALSE(outcomes[1]);
    EXPECT_EQ(outcomes[1].error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(outcomes[2]->accepted, 0);
    EXPECT_EQ(outcomes[3]->accepted, 1);
    EXPECT_EQ(outcomes[3]->duplicates, 1);
    ASSERT_EQ(outcomes[3]->conflicts.size(), 1);
    EXPECT_EQ(outcomes[3]->conflicts[0].index, 1);
    EXPECT_EQ(all(*ledger).size(), 3);
    EXPECT_TRUE(ledger->append_each({}).empty());
}

TEST(Ledger, RefusesWhatNoReaderShouldLetThrough) {
    const TestFolder folder;
    const auto ledger = folder.open();
    Encounter bad = make("a", "1");
    bad.text = "\xFF";
    const auto refused = ledger->append(std::vector{make("a", "0"), bad});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidInput);
    EXPECT_THAT(refused.error().message,
                AllOf(HasSubstr("encounter 2"), HasSubstr("`text` is not UTF-8")));
    EXPECT_THAT(ledger->append(std::vector{make("a", "")}).error().message,
                HasSubstr("`id` is empty"));
    EXPECT_EQ(ledger->totals()->encounters, 0U);
    EXPECT_EQ(append(*ledger, {make("a", "0")}).accepted, 1U);
}

TEST(Ledger, ScansSinceANumberInOrderOfCommit) {
    const TestFolder folder;
    const auto ledger = folder.open();
    std::vector<Encounter> batch;
    for (int i = 0; i < 5000; ++i) {
        batch.push_back(make("c" + std::to_string(5000 - i), "1"));
    }
    append(*ledger, batch);
    append(*ledger, {make("a", "1"), make("b", "1")});
    std::vector<std::uint64_t> numbers;
    ASSERT_TRUE(ledger->scan_since(4999, [&](std::span<const Entry> entries) -> Status {
        for (const Entry& entry : entries) {
            numbers.push_back(entry.number);
        }
        return {};
    }));
    EXPECT_THAT(numbers, ElementsAre(5000, 5001, 5002));
    int calls = 0;
    const Status stopped = ledger->scan_since(0, [&](std::span<const Entry>) -> Status {
        ++calls;
        return invalid_input("enough");
    });
    EXPECT_EQ(stopped.error().message, "enough");
    EXPECT_EQ(calls, 1);
}

TEST(Ledger, KeepsCustomersAndTheirTraits) {
    const TestFolder folder;
    {
        const auto ledger = folder.open();
        append(*ledger, {make("anna", "1"), make("bert", "1")});
        ASSERT_TRUE(ledger->put_customers(
            std::vector<Customer>{{CustomerName("anna"), {{"plan", "gold"}, {"city", "Oulu"}}},
                                  {CustomerName("anna"), {{"plan", "fibre"}}},
                                  {CustomerName("dora"), {{"note", "100%_sure"}}}}));
        ASSERT_TRUE(ledger->put_customers(
            std::vector<Customer>{{CustomerName("anna"), {{"city", ""}, {"age", "41"}}}}));
        EXPECT_EQ(ledger->totals()->customers, 3U);
    }
    const auto ledger = folder.open();
    EXPECT_EQ(ledger->totals()->customers, 3U);
    const Customer anna{CustomerName("anna"), {{"age", "41"}, {"plan", "fibre"}}};
    EXPECT_EQ(*ledger->customer(CustomerName("anna")), anna);
    EXPECT_TRUE((*ledger->customer(CustomerName("bert")))->traits.empty());
    std::vector<std::string> names;
    ASSERT_TRUE(ledger->scan_customers([&](std::span<const Customer> customers) -> Status {
        for (const Customer& customer : customers) {
            names.push_back(customer.name.value());
        }
        return {};
    }));
    EXPECT_THAT(names, ElementsAre("anna", "dora"));
    EXPECT_FALSE(ledger->put_customers(std::vector<Customer>{{CustomerName(""), {}}}));
}

TEST(Ledger, FindsCustomersWhateverTheTextSays) {
    const TestFolder folder;
    const auto ledger = folder.open();
    append(*ledger, {make("anna@example.com", "1"), make("Bert", "1")});
    ASSERT_TRUE(ledger->put_customers(std::vector<Customer>{
        {CustomerName("dora"), {{"note", "100%_sure 'yes'"}, {"city", "J\xC3\xA4ms\xC3\xA4"}}}}));
    const auto found = [&](std::string_view text, std::size_t limit = 10) {
        std::string out;
        const auto customers = ledger->find_customers(text, limit);
        EXPECT_TRUE(customers) << customers.error().message;
        for (const Customer& customer : *customers) {
            out += customer.name.value() + " ";
        }
        return out;
    };
    EXPECT_EQ(found("bert"), "Bert ");
    EXPECT_EQ(found("EXAMPLE"), "anna@example.com ");
    EXPECT_EQ(found("%_s"), "dora ");
    EXPECT_EQ(found("%"), "dora ");
    EXPECT_EQ(found("'yes'"), "dora ");
    EXPECT_EQ(found("'; DROP TABLE customer; --"), "");
    EXPECT_EQ(found("J\xC3\x84MS"), "dora ");
    EXPECT_EQ(found("note"), "") << "a trait's name is not its value";
    EXPECT_EQ(found("", 2), "Bert anna@example.com ");
}

TEST(Ledger, KeepsItsIdWhichNoOtherHas) {
    const TestFolder folder;
    const TestFolder other;
    const std::string id = folder.open()->id();
    EXPECT_EQ(id.size(), 36U);
    EXPECT_EQ(folder.open()->id(), id);
    EXPECT_NE(other.open()->id(), id);
}

TEST(Ledger, ReadsEntriesByTheirNumbers) {
    const TestFolder folder;
    const auto ledger = folder.open();
    append(*ledger, {make("a", "1"), make("b", "2"), make("a", "3")});
    std::map<std::uint64_t, std::string> ids;
    const auto take = [&](std::span<const Entry> entries) -> Status {
        for (const Entry& entry : entries) {
            ids[entry.number] = entry.encounter.id.value();
        }
        return {};
    };
    ASSERT_TRUE(ledger->read_numbers(std::vector<std::uint64_t>{}, take));
    EXPECT_TRUE(ids.empty());
    ASSERT_TRUE(ledger->read_numbers(std::vector<std::uint64_t>{3, 1, 77}, take));
    EXPECT_EQ(ids, (std::map<std::uint64_t, std::string>{{1, "1"}, {3, "3"}}));
}

TEST(Ledger, TellsWhichCustomersChangedSince) {
    const TestFolder folder;
    const auto changed_since = [](const Ledger& ledger, std::uint64_t after) {
        std::map<std::string, std::map<std::string, std::string>> changed;
        EXPECT_TRUE(ledger.scan_customers_since(after, [&](auto customers) -> Status {
            for (const Customer& customer : customers) {
                changed[customer.name.value()] = customer.traits;
            }
            return {};
        }));
        return changed;
    };
    std::uint64_t before = 0;
    {
        const auto ledger = folder.open();
        EXPECT_EQ(ledger->last_customer_change(), 0U);
        const std::vector<Customer> first = {{CustomerName("a"), {{"plan", "gold"}, {"age", "7"}}},
                                             {CustomerName("b"), {{"plan", "gold"}}}};
        ASSERT_TRUE(ledger->put_customers(first));
        before = ledger->last_customer_change();
        const std::vector<Customer> second = {{CustomerName("a"), {{"plan", "tin"}}}};
        ASSERT_TRUE(ledger->put_customers(second));
        EXPECT_GT(ledger->last_customer_change(), before);
        EXPECT_EQ(changed_since(*ledger, before),
                  (std::map<std::string, std::map<std::string, std::string>>{
                      {"a", {{"plan", "tin"}, {"age", "7"}}}}));
        const std::vector<Customer> third = {{CustomerName("b"), {{"plan", ""}}}};
        ASSERT_TRUE(ledger->put_customers(third));
        EXPECT_TRUE(changed_since(*ledger, before)["b"].empty()) << "removed traits are a change";
        append(*ledger, {make("new", "1")});
        before = ledger->last_customer_change();
    }
    const auto again = folder.open();
    EXPECT_EQ(again->last_customer_change(), before);
    EXPECT_EQ(changed_since(*again, 0).size(), 3U);
    EXPECT_TRUE(changed_since(*again, before).empty());
}

TEST(Ledger, ASecondOpenIsToldWhoHoldsTheFolder) {
    const TestFolder folder;
    const auto ledger = folder.open();
    const auto second = Ledger::open(folder.path());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::Conflict);
    EXPECT_THAT(second.error().message,
                AllOf(HasSubstr("in use by the process " + std::to_string(::getpid())),
                      HasSubstr("--data")));
}

TEST(Ledger, RefusesANewerSchemaAndLeavesIt) {
    const TestFolder folder;
    folder.open();
    const auto file = folder.path() / "ledger" / "encounters.duckdb";
    {
        auto database = duck::Database::open(file, {});
        ASSERT_TRUE(database);
        auto connection = database->connect();
        ASSERT_TRUE(connection->execute("INSERT INTO schema_version VALUES (99)"));
    }
    const auto refused = Ledger::open(folder.path());
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, AllOf(HasSubstr("newer kokemus"), HasSubstr("99")));
}

TEST(Ledger, MigratesFromNothingOnlyOnce) {
    auto database = duck::Database::open({}, {});
    auto connection = database->connect();
    ASSERT_TRUE(migrate(*connection));
    ASSERT_TRUE(migrate(*connection));
    auto versions = connection->query("SELECT count(*) FROM schema_version");
    EXPECT_EQ(std::move(*versions).one_number()->value(), schema_version());
}

TEST(Ledger, SaysWhenTheDiskIsTooFullBeforeTakingAnything) {
    const TestFolder folder;
    const auto ledger =
        DuckLedger::open(folder.path(), {.free_bytes_min = std::uint64_t{1} << 60U});
    ASSERT_TRUE(ledger);
    const auto refused = (*ledger)->append(std::vector{make("a", "1")});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::DiskFull);
    EXPECT_THAT(refused.error().message, HasSubstr("nothing was accepted"));
    EXPECT_EQ((*ledger)->totals()->encounters, 0U);
}

TEST(Ledger, TheViewForPeopleSpellsTheCodes) {
    const TestFolder folder;
    append(*folder.open(), {full()});
    auto database = duck::Database::open(folder.path() / "ledger" / "encounters.duckdb", {});
    ASSERT_TRUE(database);
    auto connection = database->connect();
    auto rows = connection->query(
        "SELECT concat_ws('|', touchpoint, channel, department, employee, scale, language) FROM "
        "encounters");
    ASSERT_TRUE(rows) << rows.error().message;
    EXPECT_EQ(std::move(*rows).one_text()->value(), "Order placed|web|Sales|e7|nps|fi");
}

RC_GTEST_PROP(LedgerProperty, AnyOrderAndBatchingGivesTheSameScan, ()) {
    const auto count = *rc::gen::inRange(1, 60);
    std::vector<Encounter> encounters;
    for (int i = 0; i < count; ++i) {
        Encounter encounter = make("c" + std::to_string(*rc::gen::inRange(0, 5)),
                                   "i" + std::to_string(i),
                                   *rc::gen::inRange(0, 5));
        encounter.sequence = static_cast<std::uint64_t>(*rc::gen::inRange(0, 3));
        encounter.channel = *rc::gen::element<std::string>("", "web", "phone");
        encounters.push_back(encounter);
    }
    const auto scan_of = [](std::vector<Encounter> batch, std::size_t step) {
        const TestFolder folder;
        const auto ledger = folder.open();
        for (std::size_t from = 0; from < batch.size(); from += step) {
            const std::size_t to = std::min(batch.size(), from + step);
            append(*ledger,
                   {batch.begin() + static_cast<std::ptrdiff_t>(from),
                    batch.begin() + static_cast<std::ptrdiff_t>(to)});
        }
        return bodies(all(*ledger));
    };
    const std::vector<Encounter> expected = scan_of(encounters, encounters.size());
    RC_ASSERT(expected.size() == encounters.size());
    Random random(*rc::gen::arbitrary<std::uint64_t>());
    for (std::size_t i = encounters.size(); i > 1; --i) {
        std::swap(encounters[i - 1], encounters[random.below(i)]);
    }
    RC_ASSERT(scan_of(encounters, static_cast<std::size_t>(*rc::gen::inRange(1, 40))) == expected);
}

}  // namespace
}  // namespace kokemus::ledger
