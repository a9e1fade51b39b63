#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <stop_token>
#include <thread>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/file.h"
#include "ledger/at_hand.h"
#include "ledger/customer_change.h"
#include "ledger/duck_ledger.h"
#include "ledger/erasing.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/row_bytes.h"
#include "ledger/test_encounters.h"

namespace kokemus::ledger {
namespace {

using encounter::Customer;
using encounter::CustomerName;

/// Sections of a few rows, so that most lie in the file.
std::unique_ptr<Ledger> open_small(const TestFolder& folder) {
    Options options;
    options.at_hand = {.numbers_max = 16, .bytes_max = 4000, .free_bytes_min = 1 << 20U};
    auto ledger = DuckLedger::open(folder.path(), options);
    EXPECT_TRUE(ledger) << ledger.error().message;
    return std::move(*ledger);
}

void wait_until_at_hand(Ledger& ledger) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (at_hand_of(ledger).at_hand().encounters < *ledger.last_number() ||
           at_hand_of(ledger).at_hand().changes < last_trait_of(ledger.last_customer_change())) {
        ASSERT_LT(std::chrono::steady_clock::now(), until);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

std::vector<encounter::Encounter> some(int from, int count) {
    std::vector<encounter::Encounter> batch;
    for (int i = from; i < from + count; ++i) {
        encounter::Encounter one = full();
        one.customer = CustomerName("customer " + std::to_string(i % 7));
        one.id = encounter::EncounterId(std::to_string(i));
        one.text = i % 3 == 0 ? "" : "said " + std::to_string(i);
        one.score = i % 2 == 0 ? std::optional<double>(i) : std::nullopt;
        batch.push_back(one);
    }
    return batch;
}

std::vector<encounter::Encounter> read(const Ledger& ledger,
                                       const std::vector<std::uint64_t>& numbers) {
    std::vector<Entry> entries;
    EXPECT_TRUE(ledger.read_numbers(numbers, [&](std::span<const Entry> part) -> Status {
        entries.insert(entries.end(), part.begin(), part.end());
        return {};
    }));
    std::ranges::sort(entries, {}, &Entry::number);
    return bodies(entries);
}

std::vector<std::uint64_t> numbers_to(std::uint64_t last) {
    std::vector<std::uint64_t> numbers;
    for (std::uint64_t number = 1; number <= last; ++number) {
        numbers.push_back(number);
    }
    return numbers;
}

std::string bytes_in(const std::filesystem::path& folder) {
    std::string all;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
        if (file.path().extension() == ".rows") {
            all += *read_file(file.path(), 1 << 26U);
        }
    }
    return all;
}

TEST(RowBytes, AreReadAsTheyWereWritten) {
    RawRow row{.number = 7,
               .customer = 300,
               .milliseconds = -1,
               .sequence = UINT64_MAX,
               .id = "id",
               .setting = 0,
               .employee = UINT32_MAX,
               .thread = "",
               .score = 0.0,
               .text = "a\0b",
               .value = std::nullopt,
               .duration_seconds = -0.5,
               .due = "1:2",
               .properties = "{}"};
    std::string bytes;
    write_row(row, bytes);
    const auto again = read_row(7, bytes);
    ASSERT_TRUE(again);
    std::string written_again;
    write_row(*again, written_again);
    EXPECT_EQ(written_again, bytes);
    EXPECT_EQ(again->employee, UINT32_MAX);
    EXPECT_EQ(again->milliseconds, -1);
    EXPECT_EQ(again->duration_seconds, -0.5);
    EXPECT_FALSE(again->value);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(read_row(7, std::string_view(bytes).substr(0, size))) << size;
    }
    EXPECT_FALSE(read_row(7, bytes + "x"));
}

TEST(LedgerAtHand, GivesWhatTheTableHas) {
    const TestFolder folder;
    append(*open_small(folder), some(0, 100));
    const auto ledger = open_small(folder);
    const auto before = read(*ledger, numbers_to(250));
    EXPECT_EQ(before.size(), 100U);
    at_hand_of(*ledger).keep_rows_at_hand();
    wait_until_at_hand(*ledger);
    EXPECT_TRUE(read(*ledger, numbers_to(250)) == before);
    EXPECT_EQ(read(*ledger, {17, 3, 99}).size(), 3U);
    append(*ledger, some(100, 100));
    EXPECT_EQ(read(*ledger, numbers_to(250)).size(), 200U) << "at once, from the table if need be";
    wait_until_at_hand(*ledger);
    std::vector<Entry> lying;
    ASSERT_TRUE(ledger->scan_since(0, [&](std::span<const Entry> part) -> Status {
        lying.insert(lying.end(), part.begin(), part.end());
        return {};
    }));
    EXPECT_TRUE(read(*ledger, numbers_to(250)) == bodies(lying));
}

TEST(LedgerAtHand, WhoFollowsTheLedgerBringsWhatIsNew) {
    const TestFolder folder;
    const auto ledger = open_small(folder);
    at_hand_of(*ledger).keep_rows_at_hand();
    append(*ledger, some(0, 40));
    ASSERT_TRUE(ledger->scan_since(0, [](std::span<const Entry>) -> Status { return {}; }));
    EXPECT_EQ(at_hand_of(*ledger).at_hand().encounters, 40U);
    EXPECT_TRUE(read(*ledger, numbers_to(40)) == some(0, 40));
}

TEST(LedgerAtHand, GoesOnAfterAStartAndAfterDamage) {
    const TestFolder folder;
    std::vector<encounter::Encounter> before;
    {
        const auto ledger = open_small(folder);
        at_hand_of(*ledger).keep_rows_at_hand();
        append(*ledger, some(0, 100));
        wait_until_at_hand(*ledger);
        before = read(*ledger, numbers_to(100));
    }
    const auto file = folder.path() / "ledger" / "encounters.rows";
    const std::string bytes = *read_file(file, 1 << 26U);
    {
        const auto ledger = open_small(folder);
        at_hand_of(*ledger).keep_rows_at_hand();
        EXPECT_GE(at_hand_of(*ledger).at_hand().encounters, 80U);
        EXPECT_TRUE(read(*ledger, numbers_to(100)) == before);
    }
    // In heads, in places and in rows: those behind the damaged one in the same reading, too.
    for (std::size_t part = 1; part < 12; ++part) {
        std::string damaged = bytes;
        damaged.replace(bytes.size() * part / 12, 9, "ooooooooo");
        std::ofstream(file, std::ios::binary) << damaged;
        const auto ledger = open_small(folder);
        at_hand_of(*ledger).keep_rows_at_hand();
        EXPECT_TRUE(read(*ledger, numbers_to(100)) == before) << part;
    }
}

TEST(LedgerAtHand, AnOlderCopyOfTheLedgerIsNoticed) {
    const TestFolder folder;
    const TestFolder other;
    append(*open_small(folder), some(0, 20));
    std::filesystem::copy(folder.path(), other.path(), std::filesystem::copy_options::recursive);
    {
        const auto ledger = open_small(folder);
        at_hand_of(*ledger).keep_rows_at_hand();
        append(*ledger, some(20, 80));
        wait_until_at_hand(*ledger);
    }
    append(*open_small(other), some(1000, 200));
    std::filesystem::copy(folder.path() / "ledger" / "encounters.rows",
                          other.path() / "ledger" / "encounters.rows");
    const auto ledger = open_small(other);
    const auto before = read(*ledger, numbers_to(220));
    at_hand_of(*ledger).keep_rows_at_hand();
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    wait_until_at_hand(*ledger);
    EXPECT_TRUE(read(*ledger, numbers_to(220)) == before);
}

TEST(LedgerAtHand, TraitsAreTheSame) {
    const TestFolder folder;
    const std::vector<CustomerName> names = {
        CustomerName("anna"), CustomerName("nobody"), CustomerName("ben"), CustomerName("anna")};
    const auto tell = [](Ledger& ledger,
                         const std::string& name,
                         const std::map<std::string, std::string>& traits) {
        const std::vector<Customer> told = {{CustomerName(name), traits}};
        ASSERT_TRUE(ledger.tell({.customers = told, .assertions = {}, .source = "crm " + name}));
    };
    const auto expect_same = [&](Ledger& table, Ledger& at_hand) {
        EXPECT_EQ(*table.customers(names), *at_hand.customers(names));
        EXPECT_EQ(*table.customer(names[0]), *at_hand.customer(names[0]));
        EXPECT_EQ(*table.customer(names[1]), *at_hand.customer(names[1]));
        const auto one = *table.trait_changes(names);
        const auto two = *at_hand.trait_changes(names);
        ASSERT_EQ(one.size(), two.size());
        for (std::size_t i = 0; i < one.size(); ++i) {
            EXPECT_EQ(std::tie(one[i].customer, one[i].at, one[i].source, one[i].traits),
                      std::tie(two[i].customer, two[i].at, two[i].source, two[i].traits));
        }
    };
    {
        const auto ledger = open_small(folder);
        for (int i = 0; i < 50; ++i) {
            tell(*ledger, "anna", {{"plan", i % 5 == 0 ? "" : std::to_string(i)}, {"a", "b"}});
            tell(*ledger, "ben", {{"city", "Turku"}, {"at", std::to_string(i)}});
        }
    }
    const TestFolder beside;
    std::filesystem::copy(folder.path(),
                          beside.path(),
                          std::filesystem::copy_options::recursive |
                              std::filesystem::copy_options::overwrite_existing);
    const auto table = open_small(folder);
    for (int start = 0; start < 2; ++start) {
        const auto at_hand = open_small(beside);
        at_hand_of(*at_hand).keep_rows_at_hand();
        wait_until_at_hand(*at_hand);
        EXPECT_GT(at_hand_of(*at_hand).at_hand().changes, 50U);
        expect_same(*table, *at_hand);
    }
    const auto at_hand = open_small(beside);
    at_hand_of(*at_hand).keep_rows_at_hand();
    wait_until_at_hand(*at_hand);
    tell(*at_hand, "anna", {{"plan", ""}, {"new", "1"}});
    EXPECT_EQ(at_hand->customer(names[0])->value().traits,
              (std::map<std::string, std::string>{{"a", "b"}, {"new", "1"}}));
    EXPECT_EQ(at_hand->trait_changes(names)->back().traits.at("plan"), "");
}

TEST(LedgerAtHand, TheTraitsOfWhoChangesAllTheTimeAreThoseOfTheTable) {
    const TestFolder folder;
    const auto ledger = open_small(folder);
    at_hand_of(*ledger).keep_rows_at_hand();
    const CustomerName anna("anna");
    for (int i = 0; i < 5; ++i) {
        std::vector<Customer> told;
        for (int j = 0; j < 50; ++j) {
            told.push_back({CustomerName("c" + std::to_string(j)), {{"at", std::to_string(i)}}});
        }
        ASSERT_TRUE(ledger->put_customers(told));
    }
    for (int i = 0; i < 230; ++i) {
        ASSERT_TRUE(ledger->put_customers(std::vector<Customer>{
            {anna, {{"seen", std::to_string(i)}, {"odd", i % 2 == 0 ? "" : "x"}}}}));
    }
    wait_until_at_hand(*ledger);
    const std::map<std::string, std::string> now = {{"odd", "x"}, {"seen", "229"}};
    EXPECT_EQ(ledger->customer(anna)->value().traits, now);
    EXPECT_EQ(ledger->trait_changes(std::span(&anna, 1))->size(), 230U);
    EXPECT_EQ(ledger->customer(CustomerName("c7"))->value().traits.at("at"), "4");
}

TEST(LedgerAtHand, WhoIsErasedIsGoneFromItAtOnceAndFromTheDiskWithTheRewriting) {
    const TestFolder folder;
    const auto ledger = open_small(folder);
    at_hand_of(*ledger).keep_rows_at_hand();
    append(*ledger, some(0, 100));
    const std::vector<Customer> told = {{CustomerName("customer 1"), {{"plan", "secret plan"}}},
                                        {CustomerName("customer 2"), {{"plan", "gold"}}}};
    for (int i = 0; i < 40; ++i) {
        std::vector<Customer> changed = told;
        changed[0].traits["at"] = changed[1].traits["at"] = std::to_string(i);
        ASSERT_TRUE(ledger->put_customers(changed));
    }
    wait_until_at_hand(*ledger);
    ASSERT_NE(bytes_in(folder.path()).find("said 1"), std::string::npos);
    ASSERT_NE(bytes_in(folder.path()).find("secret plan"), std::string::npos);

    Erasing& erasing = erasing_of(*ledger);
    ASSERT_TRUE(erasing.erase({.customers = {CustomerName("customer 1")},
                               .by = "test",
                               .reason = "asked",
                               .at = SystemClock().now()}));
    for (const auto& left : read(*ledger, numbers_to(100))) {
        EXPECT_NE(left.customer, CustomerName("customer 1"));
    }
    EXPECT_TRUE(ledger->trait_changes(std::span(&told[0].name, 1))->empty());
    ASSERT_TRUE(erasing.rewrite({}, std::stop_token()));
    wait_until_at_hand(*ledger);
    const std::string left = bytes_in(folder.path());
    EXPECT_EQ(left.find("secret plan"), std::string::npos);
    for (int i = 1; i < 100; i += 7) {
        EXPECT_EQ(left.find("said " + std::to_string(i) + "{"), std::string::npos) << i;
    }
    EXPECT_NE(left.find("gold"), std::string::npos);
    EXPECT_EQ(read(*ledger, numbers_to(100)).size(), 100U - 15U);
    EXPECT_EQ(ledger->customer(told[1].name)->value().traits.at("at"), "39");
}

/// As an erasure of a large account leaves it in the middle: more numbers than one reading takes.
TEST(LedgerAtHand, GoesOnBehindAGapOfManyNumbers) {
    const TestFolder folder;
    constexpr int many = 260'000;
    {
        const auto ledger = open_small(folder);
        append(*ledger, some(0, 10));
        std::vector<encounter::Encounter> batch;
        for (int i = 0; i < many; ++i) {
            batch.push_back(make("account", "a" + std::to_string(i)));
        }
        append(*ledger, batch);
        append(*ledger, some(10, 20));
        ASSERT_TRUE(erasing_of(*ledger).erase({.customers = {CustomerName("account")},
                                               .by = "test",
                                               .reason = "asked",
                                               .at = SystemClock().now()}));
    }
    const auto ledger = open_small(folder);
    at_hand_of(*ledger).keep_rows_at_hand();
    wait_until_at_hand(*ledger);
    EXPECT_EQ(read(*ledger, {1, 10, 11, many + 10, many + 11, many + 30}).size(), 4U);
    append(*ledger, some(30, 20));
    wait_until_at_hand(*ledger);
    EXPECT_EQ(read(*ledger, {many + 30, many + 31, many + 50}).size(), 3U);
}

TEST(LedgerAtHand, GoesOnAfterARewritingThatCouldNotRemoveIt) {
    const TestFolder folder;
    const auto ledger = open_small(folder);
    at_hand_of(*ledger).keep_rows_at_hand();
    append(*ledger, some(0, 10));
    wait_until_at_hand(*ledger);
    // What cannot be removed like a file.
    const auto file = folder.path() / "ledger" / "encounters.rows";
    ASSERT_FALSE(std::filesystem::exists(file)) << "all is in memory still";
    std::filesystem::create_directory(file);
    EXPECT_FALSE(erasing_of(*ledger).rewrite({}, std::stop_token()));
    std::filesystem::remove(file);
    append(*ledger, some(10, 5));
    wait_until_at_hand(*ledger);
    EXPECT_EQ(read(*ledger, numbers_to(15)).size(), 15U);
}

TEST(LedgerAtHand, AProgramThatDoesNotUseItRemovesItWhenItRewrites) {
    const TestFolder folder;
    {
        const auto ledger = open_small(folder);
        at_hand_of(*ledger).keep_rows_at_hand();
        append(*ledger, some(0, 100));
        wait_until_at_hand(*ledger);
    }
    ASSERT_FALSE(bytes_in(folder.path()).empty());
    const auto ledger = open_small(folder);
    ASSERT_TRUE(erasing_of(*ledger).rewrite({}, std::stop_token()));
    EXPECT_TRUE(bytes_in(folder.path()).empty());
}

}  // namespace
}  // namespace kokemus::ledger
