#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "base/project_file.h"
#include "encounter/encounter_json.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/schema.h"

/// A folder written by each earlier version of the schema, opened by the program of today.
namespace kokemus::ledger {
namespace {

using encounter::CustomerName;
using encounter::Encounter;

std::string stored(const std::string& file) {
    return project_file("tests/ledger/" + file);
}

std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) {
        lines.push_back(line);
    }
    return lines;
}

void unpack(int version, const TestFolder& folder) {
    std::filesystem::create_directories(folder.path() / "ledger");
    std::ofstream out(folder.path() / "ledger" / "encounters.duckdb", std::ios::binary);
    const gzFile in = ::gzopen(stored(fmt::format("version_{}.duckdb.gz", version)).c_str(), "rb");
    ASSERT_NE(in, nullptr);
    std::vector<char> buffer(1U << 20U);
    for (int got = 1; got > 0;) {
        got = ::gzread(in, buffer.data(), static_cast<unsigned>(buffer.size()));
        ASSERT_GE(got, 0);
        out.write(buffer.data(), got);
    }
    ::gzclose(in);
}

std::vector<Encounter> encounters_of(const Ledger& ledger) {
    std::vector<Encounter> out;
    const Status scanned = ledger.scan([&](std::span<const Entry> entries) -> Status {
        for (const Entry& entry : entries) {
            out.push_back(entry.encounter);
        }
        return {};
    });
    EXPECT_TRUE(scanned) << scanned.error().message;
    return out;
}

/// As text: a number keeps all its digits there.
std::vector<std::string> exported() {
    constexpr std::string_view zero = ",\"sequence\":0}";  // which only the exporter writes
    std::vector<std::string> lines = lines_of(stored("encounters.jsonl"));
    for (std::string& line : lines) {
        if (line.ends_with(zero)) {
            line.replace(line.size() - zero.size(), zero.size(), "}");
        }
    }
    return lines;
}

void expect_whole(const TestFolder& folder) {
    const auto ledger = folder.open();
    ASSERT_NE(ledger, nullptr);
    std::vector<std::string> encounters;
    for (const Encounter& encounter : encounters_of(*ledger)) {
        encounters.push_back(encounter::to_json(encounter));
    }
    EXPECT_EQ(encounters, exported());
    std::vector<std::string> customers;
    ASSERT_TRUE(ledger->scan_customers([&](std::span<const encounter::Customer> some) -> Status {
        for (const encounter::Customer& one : some) {
            customers.push_back(encounter::to_json(one));
        }
        return {};
    }));
    EXPECT_EQ(customers, lines_of(stored("customers.jsonl")));
    EXPECT_EQ(ledger->totals()->customers, 5U);
}

class LedgerMigration : public testing::TestWithParam<int> {};

TEST_P(LedgerMigration, KeepsEverything) {
    const TestFolder folder;
    unpack(GetParam(), folder);
    expect_whole(folder);
    const auto ledger = folder.open();
    // Keys of idempotency, numbers and codes go on where the older version left them.
    std::vector<Encounter> again = encounters_of(*ledger);
    EXPECT_EQ(ledger->append(again)->duplicates, again.size());
    again.front().id = encounter::EncounterId("new");
    again.front().customer = CustomerName("fanny");
    EXPECT_EQ(ledger->append(again)->accepted, 1U);
    EXPECT_EQ(*ledger->last_number(), again.size() + 1);
    EXPECT_EQ(ledger->totals()->customers, 6U);
}

TEST_P(LedgerMigration, AKillAtAnyPointLosesNothing) {
    int killed = 0;
    for (int round = 0; round < 10; ++round) {
        const TestFolder folder;
        unpack(GetParam(), folder);
        const pid_t child = ::fork();
        if (child == 0) {
            const auto ledger = Ledger::open(folder.path());
            ::_exit(ledger ? 0 : 1);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(6 * round));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        killed += WIFSIGNALED(status) ? 1 : 0;
        expect_whole(folder);
    }
    EXPECT_GT(killed, 0)
        << "no round met the migration; the first ones wait only a few milliseconds";
}

INSTANTIATE_TEST_SUITE_P(FromVersion, LedgerMigration, testing::Range(1, schema_version()));

}  // namespace
}  // namespace kokemus::ledger
