#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/copying.h"
#include "ledger/erasing.h"
#include "ledger/ledger_test_folder.h"

/// What the ledger does on a disk that fails (tests/faults/disk_faults.cpp). The appending is done
/// by a child, this same program started again with the failing disk under it.
namespace kokemus::ledger {
namespace {

using encounter::Customer;
using encounter::CustomerName;
using encounter::Encounter;
using encounter::EncounterId;
using testing::HasSubstr;

constexpr const char* folder_variable = "KOKEMUS_LEDGER_DISK_FOLDER";
constexpr const char* switch_variable = "DISK_FAULT_SWITCH";
constexpr int rows = 500;

std::vector<Encounter> make_batch(int index) {
    std::vector<Encounter> batch(rows);
    for (int i = 0; i < rows; ++i) {
        Encounter& one = batch[static_cast<std::size_t>(i)];
        one.customer = CustomerName("c" + std::to_string(i % 97));
        one.id = EncounterId(std::to_string(index) + "-" + std::to_string(i));
        one.time = Instant(Milliseconds(1'700'000'000'000 + i));
        one.touchpoint = "Order placed";
        one.text = "what was said the " + std::to_string(i * 7919 % 10007) + "th time";
    }
    return batch;
}

struct Outcome {
    int status = -1;
    std::string said;  ///< by the child, line by line
    std::uintmax_t failed_syncs = 0;
};

/// Runs a disabled test of this program in a child on a disk that fails in this way.
Outcome run_child(const std::string& test, const std::string& kind, const TestFolder& folder,
                  const std::string& path = "encounters.duckdb") {
    const std::filesystem::path here = std::filesystem::read_symlink("/proc/self/exe");
    const std::filesystem::path shim = here.parent_path() / "libdisk_faults.so";
    EXPECT_TRUE(std::filesystem::exists(shim)) << shim;
    const std::string said = folder.path() / "said";
    const std::string fault_switch = folder.path() / "fault";
    const pid_t child = ::fork();
    if (child == 0) {
        ::setenv("LD_PRELOAD", shim.c_str(), 1);
        ::setenv("DISK_FAULT_PATH", path.c_str(), 1);
        ::setenv("DISK_FAULT_KIND", kind.c_str(), 1);
        ::setenv(switch_variable, fault_switch.c_str(), 1);
        ::setenv(folder_variable, folder.path().c_str(), 1);
        ::execl(here.c_str(),
                "ledger_test",
                ("--gtest_filter=LedgerDiskChild.DISABLED_" + test).c_str(),
                "--gtest_also_run_disabled_tests",
                static_cast<char*>(nullptr));
        ::_exit(127);
    }
    Outcome outcome;
    ::waitpid(child, &outcome.status, 0);
    std::ifstream in(said);
    outcome.said.assign(std::istreambuf_iterator<char>(in), {});
    if (std::filesystem::exists(fault_switch + ".syncs")) {
        outcome.failed_syncs = std::filesystem::file_size(fault_switch + ".syncs");
    }
    return outcome;
}

std::string word_of(const Result<Receipt>& receipt) {
    return receipt ? "accepted " + std::to_string(receipt->accepted)
                   : "error " + std::to_string(static_cast<int>(receipt.error().code)) + " " +
                         receipt.error().message;
}

/// Good, bad, good again: two batches, two on the failing disk, two after it.
TEST(LedgerDiskChild, DISABLED_AppendsThroughAFault) {
    const std::filesystem::path folder = std::getenv(folder_variable);
    const std::string fault_switch = std::getenv(switch_variable);
    auto ledger = Ledger::open(folder);
    ASSERT_TRUE(ledger) << ledger.error().message;
    std::ofstream said(folder / "said");
    for (int index = 0; index < 6; ++index) {
        if (index == 2) {
            std::ofstream(fault_switch) << "on\n";
        }
        if (index == 4) {
            std::filesystem::remove(fault_switch);
        }
        said << index << " " << word_of((*ledger)->append(make_batch(index))) << '\n' << std::flush;
        const auto read = (*ledger)->read_customer(CustomerName("c1"));
        said << (read ? "read ok" : "read: " + read.error().message) << '\n' << std::flush;
    }
}

/// Good until the log is folded in, which the disk has no room for; then there is room again.
TEST(LedgerDiskChild, DISABLED_AppendsWhileTheLogCannotBeFolded) {
    ::setenv("KOKEMUS_TEST_CHECKPOINT_BYTES", "100000", 1);
    const std::filesystem::path folder = std::getenv(folder_variable);
    const std::string fault_switch = std::getenv(switch_variable);
    auto ledger = Ledger::open(folder);
    ASSERT_TRUE(ledger) << ledger.error().message;
    std::ofstream said(folder / "said");
    std::vector<Customer> members(1, Customer{CustomerName("c1"), {{"plan", "gold"}}});
    ASSERT_TRUE((*ledger)->put_customers(members));
    std::ofstream(fault_switch) << "on\n";
    for (int index = 0; index < 6; ++index) {
        const auto receipt = (*ledger)->append(make_batch(index));
        said << index << " " << word_of(receipt) << '\n' << std::flush;
        const auto read = (*ledger)->read_customer(CustomerName("c1"));
        said << (read ? "read ok" : "read: " + read.error().message) << '\n' << std::flush;
        if (receipt) {
            continue;
        }
        said << "full disk again: " << word_of((*ledger)->append(make_batch(index))) << '\n';
        std::filesystem::remove(fault_switch);
        const auto again = (*ledger)->append(make_batch(index));
        said << "again " << word_of(again) << '\n' << std::flush;
        ASSERT_TRUE(again) << again.error().message;
        EXPECT_EQ(again->accepted + again->duplicates, static_cast<std::uint64_t>(rows));
        EXPECT_FALSE((*ledger)->stopped());
        EXPECT_EQ((*ledger)->totals()->encounters, static_cast<std::uint64_t>((index + 1) * rows));
        ASSERT_TRUE((*ledger)->put_customers(members));
        EXPECT_EQ((*ledger)->customer(CustomerName("c1"))->value().traits.at("plan"), "gold");
    }
}

/// The log is folded in by a copy, and the next one is another file whatever number it gets.
TEST(LedgerDiskChild, DISABLED_AppendsAfterACopy) {
    const std::filesystem::path folder = std::getenv(folder_variable);
    auto ledger = Ledger::open(folder);
    ASSERT_TRUE(ledger) << ledger.error().message;
    std::ofstream said(folder / "said");
    const std::vector<Encounter> all = make_batch(0);
    said << word_of((*ledger)->append(std::span(all).first(1))) << '\n';
    ASSERT_TRUE(copy_ledger(**ledger, folder));
    std::ofstream(std::getenv(switch_variable)) << "on\n";
    said << "after: " << word_of((*ledger)->append(std::span(all).subspan(1))) << '\n';
}

/// The folder cannot be synced at some moment of the swap; the disk is well again afterwards.
TEST(LedgerDiskChild, DISABLED_AppendsAfterARewritingThatFailed) {
    const std::filesystem::path folder = std::getenv(folder_variable);
    const std::string fault_switch = std::getenv(switch_variable);
    auto ledger = Ledger::open(folder);
    ASSERT_TRUE(ledger) << ledger.error().message;
    std::ofstream said(folder / "said");
    said << "0 " << word_of((*ledger)->append(make_batch(0))) << '\n';
    std::ofstream(fault_switch) << "on\n";
    const auto rewritten = erasing_of(**ledger).rewrite({}, {});
    said << "rewritten: " << (rewritten ? "yes" : rewritten.error().message) << '\n';
    std::filesystem::remove(fault_switch);
    for (int index = 1; index < 6; ++index) {
        said << index << " " << word_of((*ledger)->append(make_batch(index))) << '\n' << std::flush;
    }
}

/// Every batch said to be accepted is there, no batch is there by half, and the ledger goes on.
void expect_whole(const TestFolder& folder, const std::string& said) {
    const auto ledger = folder.open();
    ASSERT_NE(ledger, nullptr);
    EXPECT_EQ(ledger->totals()->encounters % rows, 0U) << "half a batch was kept";
    for (int index = 0; index < 6; ++index) {
        const auto again = ledger->append(make_batch(index));
        ASSERT_TRUE(again) << again.error().message;
        if (said.find(std::to_string(index) + " accepted") != std::string::npos) {
            EXPECT_EQ(again->duplicates, static_cast<std::uint64_t>(rows))
                << "batch " << index << " was acknowledged and is not there";
        } else {
            EXPECT_TRUE(again->duplicates == 0 || again->accepted == 0) << "batch " << index;
        }
    }
    EXPECT_EQ(ledger->totals()->encounters, static_cast<std::uint64_t>(6 * rows));
}

void expect_reading_went_on(const std::string& said) {
    EXPECT_THAT(said, testing::Not(HasSubstr("read: "))) << "reading stopped";
}

TEST(LedgerDisk, AFullOneIsSaidAndWritingGoesOnWhenThereIsRoomAgain) {
    const TestFolder folder;
    const Outcome outcome = run_child("AppendsThroughAFault", "full", folder);
    ASSERT_EQ(outcome.status, 0) << outcome.said;
    const std::string full = std::to_string(static_cast<int>(ErrorCode::DiskFull));
    EXPECT_THAT(outcome.said, HasSubstr("2 error " + full));
    EXPECT_THAT(outcome.said, HasSubstr("3 error " + full));
    EXPECT_THAT(outcome.said, HasSubstr("5 accepted")) << "there is room again";
    expect_reading_went_on(outcome.said);
    expect_whole(folder, outcome.said);
}

TEST(LedgerDisk, AFullOneWhileTheLogIsFoldedStopsWritingUntilThereIsRoom) {
    const TestFolder folder;
    const Outcome outcome =
        run_child("AppendsWhileTheLogCannotBeFolded", "full", folder, "encounters.duckdb$");
    ASSERT_EQ(outcome.status, 0) << outcome.said;
    const std::string full = "error " + std::to_string(static_cast<int>(ErrorCode::DiskFull));
    EXPECT_THAT(outcome.said, HasSubstr(full + " writing has stopped"));
    EXPECT_THAT(outcome.said, HasSubstr("goes on by itself"));
    EXPECT_THAT(outcome.said, HasSubstr("full disk again: " + full));
    EXPECT_THAT(outcome.said, HasSubstr("again accepted"));
    EXPECT_THAT(outcome.said, HasSubstr("5 accepted 500"));
    expect_reading_went_on(outcome.said);
    expect_whole(folder, outcome.said);
}

/// What a folder is called that cannot be put on disk is seen by its failing.
TEST(LedgerDisk, TheNameOfALogIsPutOnDiskAlsoAfterACopyFoldedTheOneBefore) {
    const TestFolder folder;
    const Outcome outcome = run_child("AppendsAfterACopy", "sync", folder, "/ledger$");
    ASSERT_EQ(outcome.status, 0) << outcome.said;
    EXPECT_THAT(outcome.said, HasSubstr("after: error ")) << "the folder was not synced";
    EXPECT_EQ(outcome.failed_syncs, 1U);
}

TEST(LedgerDisk, WhatIsAcknowledgedAfterASwapThatFailedIsThere) {
    unsigned failed = 0;
    for (int at = 1; at < 6; ++at) {
        SCOPED_TRACE(at);
        const TestFolder folder;
        ::setenv("DISK_FAULT_AT", std::to_string(at).c_str(), 1);
        const Outcome outcome =
            run_child("AppendsAfterARewritingThatFailed", "sync", folder, "/ledger$");
        ::unsetenv("DISK_FAULT_AT");
        ASSERT_EQ(outcome.status, 0) << outcome.said;
        failed += outcome.failed_syncs > 0 ? 1 : 0;
        expect_whole(folder, outcome.said);
    }
    EXPECT_GE(failed, 3U) << "of removing what is at hand, and of both names";
}

TEST(LedgerDisk, AFailingWriteIsSaidAndNothingIsHalfKept) {
    const TestFolder folder;
    const Outcome outcome = run_child("AppendsThroughAFault", "write", folder);
    ASSERT_EQ(outcome.status, 0) << outcome.said;
    EXPECT_THAT(outcome.said, HasSubstr("2 error "));
    expect_reading_went_on(outcome.said);
    expect_whole(folder, outcome.said);
}

TEST(LedgerDisk, AFailedSyncIsNeverTriedAgain) {
    const TestFolder folder;
    const Outcome outcome = run_child("AppendsThroughAFault", "sync", folder);
    ASSERT_EQ(outcome.status, 0) << outcome.said;
    EXPECT_THAT(outcome.said, HasSubstr("2 error "));
    EXPECT_THAT(outcome.said, HasSubstr("writing has stopped"));
    EXPECT_THAT(outcome.said, HasSubstr("5 error ")) << "nobody can tell what is on disk";
    EXPECT_EQ(outcome.failed_syncs, 1U) << outcome.said;
    expect_reading_went_on(outcome.said);
    expect_whole(folder, outcome.said);
}

TEST(LedgerDisk, AShortWriteIsFinishedOrSaid) {
    const TestFolder folder;
    const Outcome outcome = run_child("AppendsThroughAFault", "short", folder);
    ASSERT_EQ(outcome.status, 0) << outcome.said;
    expect_reading_went_on(outcome.said);
    expect_whole(folder, outcome.said);
}

}  // namespace
}  // namespace kokemus::ledger
