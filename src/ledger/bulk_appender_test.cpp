#include "ledger/bulk_appender.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/ledger_test_folder.h"

namespace kokemus::ledger {
namespace {

using encounter::CustomerName;
using encounter::Encounter;
using encounter::EncounterId;
using encounter::ThreadName;
using testing::HasSubstr;

/// The i-th of many, each with a mixture of fields of its own.
Encounter make(std::size_t i) {
    Encounter one;
    one.customer = CustomerName("customer " + std::to_string(i % 701));
    one.id = EncounterId(std::to_string(i));
    one.time = Instant(Milliseconds(1'700'000'000'000 + static_cast<std::int64_t>(i)));
    one.sequence = i;
    one.touchpoint = i % 3 == 0 ? "Order placed" : "Call: billing";
    if (i % 2 == 0) {
        one.thread = ThreadName("a thread with a long name " + std::to_string(i / 10));
    }
    if (i % 5 == 0) {
        one.score = static_cast<double>(i % 11) + 0.1;
        one.scale = "nps";
        one.text = std::string(i % 60, 'x') + "ä";
    }
    if (i % 7 == 0) {
        one.value = static_cast<double>(i) / 3;
        one.due.emplace("delivery", one.time + Milliseconds(1));
        one.properties = R"({"plan":"gold"})";
    }
    return one;
}

/// Adds in vectors of changing size; those it gets back are used again.
Status add_range(BulkAppender& appender, std::size_t from, std::size_t end) {
    std::vector<Encounter> some;
    for (std::size_t size = 1; from < end; size = size % 3000 + 577) {
        some.resize(std::min(size, end - from));
        for (Encounter& one : some) {
            one = make(from++);
        }
        TRY(appender.add(some));
    }
    return {};
}

// Large enough that its batches are inserted by a query; the last one is appended.
constexpr std::size_t batch_rows = 20'000;
constexpr std::size_t count = 2 * batch_rows + 999;

TEST(BulkAppender, KeepsEveryFieldAndTheOrder) {
    const TestFolder folder;
    {
        const auto ledger = folder.open();
        BulkAppender appender(*ledger, Checked::No, batch_rows);
        ASSERT_TRUE(add_range(appender, 0, count));
        ASSERT_TRUE(appender.finish());
        EXPECT_EQ(appender.take_receipt().accepted, count);
        EXPECT_EQ(appender.take_receipt().accepted, 0U);
    }
    const auto again = folder.open();
    std::size_t next = 0;
    ASSERT_TRUE(again->scan_since(0, [&](std::span<const Entry> entries) -> Status {
        for (const Entry& entry : entries) {
            EXPECT_EQ(entry.number, next + 1);
            EXPECT_EQ(entry.encounter, make(next)) << next;
            ++next;
        }
        return {};
    }));
    EXPECT_EQ(next, count);
}

TEST(BulkAppender, WhatIsThereAlreadyIsCountedAndConflictsAreFoundByTheirPlace) {
    const TestFolder folder;
    const auto ledger = folder.open();
    BulkAppender appender(*ledger, Checked::No, batch_rows);
    ASSERT_TRUE(add_range(appender, 0, 1000));
    ASSERT_TRUE(appender.finish());
    EXPECT_EQ(appender.take_receipt().accepted, 1000U);
    // The first thousand again, one of them changed, and new ones behind.
    std::vector<Encounter> changed = {make(0), make(1)};
    changed[1].text = "another";
    ASSERT_TRUE(appender.add(changed));
    ASSERT_TRUE(add_range(appender, 2, count));
    ASSERT_TRUE(appender.finish());
    const Receipt receipt = appender.take_receipt();
    EXPECT_EQ(receipt.accepted, count - 1000);
    EXPECT_EQ(receipt.duplicates, 999U);
    ASSERT_EQ(receipt.conflicts.size(), 1U);
    EXPECT_EQ(receipt.conflicts[0].index, 1001U);
    EXPECT_EQ(ledger->totals()->encounters, count);
}

TEST(BulkAppender, AFaultStopsItForGoodAndKeepsNothingOfItsBatch) {
    const TestFolder folder;
    const auto ledger = folder.open();
    {
        BulkAppender appender(*ledger, Checked::No, batch_rows);
        ASSERT_TRUE(add_range(appender, 0, batch_rows + 10));
        std::vector<Encounter> faulty(1, make(count));
        faulty[0].touchpoint.clear();
        (void)appender.add(faulty).has_value();
        const Status finished = appender.finish();
        ASSERT_FALSE(finished);
        EXPECT_THAT(finished.error().message, HasSubstr("encounter 11 of the batch"));
        std::vector<Encounter> good(1, make(count));
        EXPECT_FALSE(appender.add(good));
        EXPECT_FALSE(appender.finish());
    }
    EXPECT_EQ(ledger->totals()->encounters % batch_rows, 0U);
}

TEST(BulkAppender, LeavesOutTheRestWhenItIsBrokenOff) {
    const TestFolder folder;
    const auto ledger = folder.open();
    {
        BulkAppender appender(*ledger, Checked::No, batch_rows);
        ASSERT_TRUE(add_range(appender, 0, batch_rows / 2));
    }
    EXPECT_EQ(ledger->totals()->encounters, 0U);
}

}  // namespace
}  // namespace kokemus::ledger
