#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/duck_ledger.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/test_encounters.h"

namespace kokemus::ledger {
namespace {

using encounter::CustomerName;
using encounter::Encounter;
using testing::AllOf;
using testing::HasSubstr;

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

}  // namespace
}  // namespace kokemus::ledger
