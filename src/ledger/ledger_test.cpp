#include "ledger/ledger.h"

#include <algorithm>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/test_encounters.h"

namespace kokemus::ledger {
namespace {

using encounter::CustomerName;
using encounter::Encounter;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

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
