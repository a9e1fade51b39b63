#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "duck/duck.h"
#include "ledger/duck_ledger.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/read_through.h"
#include "ledger/schema.h"
#include "ledger/test_encounters.h"

namespace kokemus::ledger {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Ledger, KeepsItsIdWhichNoOtherHas) {
    const TestFolder folder;
    const TestFolder other;
    const std::string id = folder.open()->id();
    EXPECT_EQ(id.size(), 36U);
    EXPECT_EQ(folder.open()->id(), id);
    EXPECT_NE(other.open()->id(), id);
}

TEST(Ledger, WhatAKilledProgramHasSpilledIsRemovedAtTheNextStart) {
    const TestFolder folder;
    append(*folder.open(), {make("anna", "1")});
    const auto spill = folder.path() / "ledger" / "spill";
    std::filesystem::create_directories(spill);
    std::ofstream(spill / "duckdb_temp_storage_DEFAULT-0.tmp") << "anna@example.com";
    const auto ledger = folder.open();
    EXPECT_FALSE(std::filesystem::exists(spill));
    EXPECT_EQ(all(*ledger).size(), 1U);
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

/// A first start that was killed before it had written a table.
TEST(Ledger, AFileThatWasOnlyBegunIsReadThroughWithoutDamage) {
    const TestFolder folder;
    const auto file = folder.path() / "begun.duckdb";
    ASSERT_TRUE(duck::Database::open(file, {}));
    const auto read = read_through(file);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->version, 0);
    EXPECT_EQ(read->encounters, 0);
    EXPECT_TRUE(read->damage.empty());
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

}  // namespace
}  // namespace kokemus::ledger
