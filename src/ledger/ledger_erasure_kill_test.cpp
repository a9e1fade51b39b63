#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/erasing.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/test_encounters.h"

/// Kills while persons are erased. The erasing is done by a child, this same program started again
/// with the one disabled test that does it.
namespace kokemus::ledger {
namespace {

using encounter::CustomerName;
using testing::IsEmpty;

constexpr const char* folder_variable = "KOKEMUS_LEDGER_CHILD_FOLDER";
constexpr int customers = 40;

std::string person(int number) {
    return fmt::format("person-{}@x.fi", number);
}

Rewriting rewriting() {
    Rewriting rewriting;
    rewriting.remains = R"({"timeline":"made anew"})";
    return rewriting;
}

/// Whether the bytes of any file below hold the text.
bool is_in_a_file(const std::filesystem::path& folder, std::string_view text) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) {
            continue;
        }
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        if (bytes.find(text) != std::string::npos) {
            return true;
        }
    }
    return false;
}

TEST(LedgerErasureChild, DISABLED_ErasesOneAfterTheOther) {
    const char* folder = std::getenv(folder_variable);
    ASSERT_NE(folder, nullptr) << "only for a child of the other test";
    auto ledger = Ledger::open(folder);
    ASSERT_TRUE(ledger) << ledger.error().message;
    for (int customer = 0; customer < customers; ++customer) {
        ErasureOrder order;
        order.customers.emplace_back(person(customer));
        order.at = Instant(Milliseconds(1'800'000'000'000));
        ASSERT_TRUE(erasing_of(**ledger).erase(order));
        std::printf("@%d\n", customer);
        std::fflush(stdout);
        ASSERT_TRUE(erasing_of(**ledger).rewrite(rewriting(), {}));
    }
}

/// The number of the last person whose order was acknowledged before the child was killed; -1 when
/// none was. The time runs from the first acknowledgement, but for `wait_for_first` false: from the
/// child's start.
int erase_and_kill(const std::filesystem::path& folder, bool wait_for_first,
                   std::chrono::milliseconds after) {
    int ends[2] = {};
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::close(ends[0]);
        ::setenv(folder_variable, folder.c_str(), 1);
        ::execl("/proc/self/exe",
                "ledger_test",
                "--gtest_filter=LedgerErasureChild.DISABLED_ErasesOneAfterTheOther",
                "--gtest_also_run_disabled_tests",
                static_cast<char*>(nullptr));
        ::_exit(127);
    }
    ::close(ends[1]);
    std::FILE* lines = ::fdopen(ends[0], "r");
    int last = -1;
    char line[4096] = {};
    const auto read_one = [&] {
        while (std::fgets(line, sizeof(line), lines) != nullptr) {
            if (line[0] == '@') {
                last = std::atoi(line + 1);
                return true;
            }
        }
        return false;
    };
    if (wait_for_first) {
        read_one();
    }
    std::this_thread::sleep_for(after);
    ::kill(child, SIGKILL);
    while (read_one()) {
    }
    std::fclose(lines);
    ::waitpid(child, nullptr, 0);
    return last;
}

TEST(LedgerErasure, AKillAtAnyMomentKeepsWhatWasOrderedAndLosesNothingElse) {
    const TestFolder folder;
    {
        const auto ledger = folder.open();
        std::vector<encounter::Encounter> many;
        for (int i = 0; i < customers * 5; ++i) {
            many.push_back(make(person(i % customers), std::to_string(i), i));
            many.back().text = "words of number " + std::to_string(i % customers);
        }
        append(*ledger, many);
    }
    int last = -1;
    for (int round = 0; round < 8; ++round) {
        last = std::max(
            last,
            erase_and_kill(
                folder.path(), round > 0, std::chrono::milliseconds(round == 0 ? 60 : 67 * round)));
        const auto ledger = folder.open();
        ASSERT_NE(ledger, nullptr);
        Erasing& erasing = erasing_of(*ledger);
        for (int customer = 0; customer < customers; ++customer) {
            const CustomerName name(person(customer));
            const bool is_erased = erasing.is_erased(name);
            EXPECT_EQ(ledger->read_customer(name)->size(), is_erased ? 0U : 5U) << name.value();
            EXPECT_TRUE(is_erased || customer > last) << "an acknowledged order was forgotten";
        }
        ASSERT_TRUE(erasing.rewrite(rewriting(), {}));
        EXPECT_THAT(*erasing.unfinished(), IsEmpty());
        EXPECT_EQ(first_broken(*erasing.erasures()), std::nullopt);
        for (int customer = 0; customer <= last; ++customer) {
            EXPECT_FALSE(is_in_a_file(folder.path(), person(customer))) << customer;
        }
    }
    EXPECT_GE(last, 0) << "else the child was killed before it did anything";
}

}  // namespace
}  // namespace kokemus::ledger
