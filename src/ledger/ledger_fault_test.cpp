#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/ledger.h"
#include "ledger/ledger_test_folder.h"

/// What the ledger promises when the process or the disk fails. The appending is done by a child,
/// this same program started again with the one disabled test that does it, so that it can be
/// killed or limited.
namespace kokemus::ledger {
namespace {

using encounter::CustomerName;
using encounter::Encounter;
using encounter::EncounterId;
using testing::AnyOf;
using testing::HasSubstr;

constexpr const char* folder_variable = "KOKEMUS_LEDGER_CHILD_FOLDER";
constexpr const char* batch_variable = "KOKEMUS_LEDGER_CHILD_BATCH";
constexpr const char* limit_variable = "KOKEMUS_LEDGER_CHILD_FILE_BYTES";

std::vector<Encounter> make_batch(int index, int size) {
    std::vector<Encounter> batch(static_cast<std::size_t>(size));
    for (int i = 0; i < size; ++i) {
        Encounter& encounter = batch[static_cast<std::size_t>(i)];
        encounter.customer = CustomerName("c" + std::to_string((index * 31 + i) % 997));
        encounter.id = EncounterId(std::to_string(index) + "-" + std::to_string(i));
        encounter.time = Instant(Milliseconds(1'700'000'000'000 + i));
        encounter.touchpoint = "touchpoint " + std::to_string(index % 7);
        encounter.text =
            std::string(50, static_cast<char>('a' + i % 26)) + std::to_string(i * 7919 % 10007);
    }
    return batch;
}

/// A child that appends batch after batch and writes a line for each that was acknowledged.
class Child {
public:
    Child(const std::filesystem::path& folder, int batch_size,
          const std::string& file_bytes_max = "") {
        int ends[2] = {};
        EXPECT_EQ(::pipe(ends), 0);
        pid_ = ::fork();
        if (pid_ == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            ::close(ends[0]);
            ::setenv(folder_variable, folder.c_str(), 1);
            ::setenv(batch_variable, std::to_string(batch_size).c_str(), 1);
            ::setenv(limit_variable, file_bytes_max.c_str(), 1);
            ::execl("/proc/self/exe",
                    "ledger_test",
                    "--gtest_filter=LedgerChild.DISABLED_AppendsUntilStopped",
                    "--gtest_also_run_disabled_tests",
                    static_cast<char*>(nullptr));
            ::_exit(127);
        }
        ::close(ends[1]);
        lines_ = ::fdopen(ends[0], "r");
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    ~Child() {
        std::fclose(lines_);
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, nullptr, 0);
        }
    }

    /// The next line of ours, without its mark; "" at the end.
    std::string line() {
        char buffer[4096] = {};
        while (std::fgets(buffer, sizeof(buffer), lines_) != nullptr) {
            const std::string_view text(buffer);
            if (text.starts_with("@")) {
                return std::string(text.substr(1, text.size() - 2));
            }
        }
        return "";
    }

    void kill_and_wait() {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }

private:
    pid_t pid_ = -1;
    std::FILE* lines_ = nullptr;
};

TEST(LedgerChild, DISABLED_AppendsUntilStopped) {
    const char* folder = std::getenv(folder_variable);
    ASSERT_NE(folder, nullptr) << "only for a child of the other tests";
    const int batch_size = std::atoi(std::getenv(batch_variable));
    auto ledger = Ledger::open(folder);
    ASSERT_TRUE(ledger) << ledger.error().message;
    if (const std::string limit = std::getenv(limit_variable); !limit.empty()) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit bound{std::stoull(limit), std::stoull(limit)};
        ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &bound), 0);
    }
    const auto before = (*ledger)->totals()->encounters;
    for (int index = static_cast<int>(before) / batch_size; index < 100'000; ++index) {
        const auto receipt = (*ledger)->append(make_batch(index, batch_size));
        if (receipt) {
            std::printf("@%d\n", index);
        } else {
            std::printf("@error %d %s\n",
                        static_cast<int>(receipt.error().code),
                        receipt.error().message.c_str());
        }
        std::fflush(stdout);
        if (!receipt) {
            break;
        }
    }
    const auto found = (*ledger)->read_customer(CustomerName("c1"));
    std::printf("@read %s\n", found ? "ok" : found.error().message.c_str());
    const auto stopped = (*ledger)->stopped();
    std::printf("@stopped: %s\n", stopped ? stopped->message.c_str() : "no");
    std::fflush(stdout);
}

/// Holds that the ledger has `batches` whole batches and takes the next ones without doubling
/// anything.
void expect_whole(const TestFolder& folder, int acknowledged, int batch_size) {
    const auto ledger = folder.open();
    ASSERT_NE(ledger, nullptr);
    const auto encounters = static_cast<int>(ledger->totals()->encounters);
    EXPECT_EQ(encounters % batch_size, 0) << "half a batch was kept";
    const int stored = encounters / batch_size;
    EXPECT_GE(stored, acknowledged) << "an acknowledged batch was lost";
    EXPECT_LE(stored, acknowledged + 1) << "more than the one in flight";
    for (const int index : {0, stored / 2, stored - 1}) {
        const auto again = ledger->append(make_batch(index, batch_size));
        ASSERT_TRUE(again) << again.error().message;
        EXPECT_EQ(again->duplicates, static_cast<std::uint64_t>(batch_size));
    }
}

TEST(LedgerFault, KillNineLosesNothingAcknowledgedAndDoublesNothing) {
    for (const int batch_size : {20, 3000}) {
        const TestFolder folder;
        int acknowledged = 0;
        for (int round = 0; round < 4; ++round) {
            Child child(folder.path(), batch_size);
            for (int i = 0; i < 3 + round * 5; ++i) {
                const std::string line = child.line();
                ASSERT_FALSE(line.empty() || line.starts_with("error")) << line;
                acknowledged = std::atoi(line.c_str()) + 1;
            }
            // Not at the edge of a batch: somewhere within the next.
            std::this_thread::sleep_for(std::chrono::microseconds(700 * round));
            child.kill_and_wait();
            for (std::string line = child.line(); !line.empty(); line = child.line()) {
                acknowledged = std::atoi(line.c_str()) + 1;
            }
            expect_whole(folder, acknowledged, batch_size);
        }
    }
}

TEST(LedgerFault, AFullDiskIsSaidAndNothingIsHalfWritten) {
    // Small batches meet the limit in the log, large ones, which go straight to the file, there.
    for (const auto& [limit, batch_size] :
         std::vector<std::pair<const char*, int>>{{"3000000", 500}, {"6000000", 150'000}}) {
        SCOPED_TRACE(limit);
        const TestFolder folder;
        folder.open();
        Child child(folder.path(), batch_size, limit);
        int acknowledged = 0;
        std::string line = child.line();
        for (; !line.empty() && !line.starts_with("error"); line = child.line()) {
            acknowledged = std::atoi(line.c_str()) + 1;
        }
        EXPECT_THAT(line, AnyOf(HasSubstr("disk is full"), HasSubstr("writing has stopped")));
        EXPECT_THAT(line,
                    HasSubstr("error " + std::to_string(static_cast<int>(ErrorCode::DiskFull))));
        EXPECT_EQ(child.line(), "read ok");
        const std::string stopped = child.line();
        EXPECT_EQ(stopped == "stopped: no", line.find("writing has stopped") == std::string::npos)
            << line << " but " << stopped;
        child.kill_and_wait();
        expect_whole(folder, acknowledged, batch_size);
    }
}

}  // namespace
}  // namespace kokemus::ledger
