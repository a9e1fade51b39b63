#include <fstream>
#include <thread>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include "account.h"
#include "http_client.h"
#include "rounds.h"
#include "server_child.h"

/// What senders and readers are told when the disk is full or broken.
namespace kokemus::durability {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

constexpr auto patience = milliseconds(60'000);

/// How many encounters an answer counts; -1 when there is no answer.
std::int64_t counted(HttpClient& client) {
    const auto answer = client.get("/api/ask?q=flow");
    if (!answer || answer->status != 200) {
        return -1;
    }
    return boost::json::parse(answer->body)
        .at("population")
        .at("encounters")
        .to_number<std::int64_t>();
}

/// A small disk in memory.
class SmallDisk {
public:
    explicit SmallDisk(const std::filesystem::path& folder) : folder_(folder) {
        std::filesystem::create_directories(folder);
        is_mounted_ = ::mount("kokemus", folder.c_str(), "tmpfs", 0, "size=80m") == 0;
    }
    ~SmallDisk() {
        if (is_mounted_) {
            ::umount2(folder_.c_str(), MNT_DETACH);
        }
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool is_mounted() const { return is_mounted_; }

    /// Takes room until so much is left.
    void fill(std::uintmax_t bytes_left) const {
        const auto space = std::filesystem::space(folder_);
        const std::string block(1 << 20U, 'x');
        std::ofstream filler(folder_ / "filler");
        for (std::uintmax_t left = space.available; left > bytes_left + block.size();
             left -= block.size()) {
            filler << block;
        }
    }
    void make_room() const { std::filesystem::remove(folder_ / "filler"); }

private:
    std::filesystem::path folder_;
    bool is_mounted_ = false;
};

TEST(Outage, AFullDiskIsSaidQuestionsGoOnAndWritingRecoversByItself) {
    const Scratch scratch("full");
    const SmallDisk disk(scratch.path() / "disk");
    if (!disk.is_mounted()) {
        GTEST_SKIP() << "NOT TESTED, a full disk: mounting a tmpfs needs root";
    }
    const std::filesystem::path folder = scratch.path() / "disk" / "data";
    Account account;
    {
        ServerChild server(folder, {});
        const auto port = server.port(patience);
        ASSERT_TRUE(port) << server.last_words();
        HttpClient client(*port);
        const auto send = [&](const Account::Batch& batch) {
            const auto answer = client.post("/api/encounters", Account::body(batch));
            if (answer && answer->status == 200) {
                account.acknowledged(batch);
            }
            return answer.value_or(HttpClient::Answer{});
        };
        EXPECT_EQ(send(account.send_new(10)).status, 200);
        disk.fill(16U << 20U);
        const Account::Batch refused = account.send_new(20);
        const auto full = send(refused);
        EXPECT_EQ(full.status, 507);
        EXPECT_THAT(full.head, HasSubstr("retry-after"));
        EXPECT_THAT(full.body, HasSubstr("free some space"));
        EXPECT_EQ(counted(client), 10);
        disk.make_room();
        EXPECT_EQ(send(refused).status, 200);
        EXPECT_EQ(counted(client), 30);
    }
    EXPECT_THAT(account.compare(folder), testing::IsEmpty());
}

/// The room that was asked for is gone when DuckDB folds its log in, and it gives the file up.
TEST(Outage, AFullDiskWhileTheLogIsFoldedIsSaidAndWritingRecoversByItself) {
    const Scratch scratch("fold");
    const std::filesystem::path folder = scratch.path() / "data";
    const std::filesystem::path fault = scratch.path() / "fault";
    Account account;
    std::int64_t sent = 0;
    {
        ServerChild server(folder,
                           {{"KOKEMUS_TEST_CHECKPOINT_BYTES", "200000"},
                            {"LD_PRELOAD", KOKEMUS_DISK_FAULTS},
                            {"DISK_FAULT_PATH", "/encounters.duckdb$"},
                            {"DISK_FAULT_KIND", "full"},
                            {"DISK_FAULT_SWITCH", fault}});
        const auto port = server.port(patience);
        ASSERT_TRUE(port) << server.last_words();
        HttpClient client(*port);
        const auto send = [&](const Account::Batch& batch) {
            const auto answer = client.post("/api/encounters", Account::body(batch));
            if (answer && answer->status == 200) {
                account.acknowledged(batch);
                sent += static_cast<std::int64_t>(batch.size);
            }
            return answer.value_or(HttpClient::Answer{});
        };
        EXPECT_EQ(send(account.send_new(10)).status, 200);
        std::ofstream(fault).close();
        HttpClient::Answer last;
        Account::Batch batch;
        for (int i = 0; i < 200 && (last.status == 0 || last.status == 200); ++i) {
            batch = account.send_new(100);
            last = send(batch);
        }
        EXPECT_EQ(last.status, 507) << "the log was never folded in";
        EXPECT_THAT(last.head, HasSubstr("retry-after"));
        EXPECT_EQ(send(batch).status, 507);
        EXPECT_GE(counted(client), sent);
        std::filesystem::remove(fault);
        // Nobody may read the ledger in the moment it is opened anew: 507 until then.
        const auto until = std::chrono::steady_clock::now() + patience;
        while ((last = send(batch)).status == 507 && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(milliseconds(20));
        }
        EXPECT_EQ(last.status, 200) << "without a new start";
        for (int i = 0; i < 30; ++i) {
            EXPECT_EQ(send(account.send_new(100)).status, 200);
        }
        EXPECT_EQ(counted(client), sent);
        EXPECT_EQ(server.end(), 0);
    }
    EXPECT_THAT(account.compare(folder), testing::IsEmpty());
}

TEST(Outage, AFailedSyncStopsWritingAndIsNeverTriedAgainWhileQuestionsGoOn) {
    const Scratch scratch("sync");
    const std::filesystem::path folder = scratch.path() / "data";
    const std::filesystem::path failing = scratch.path() / "failing";
    Account account;
    {
        ServerChild server(
            folder, {{"LD_PRELOAD", KOKEMUS_FAILING_SYNC}, {"KOKEMUS_FAILING_SYNC", failing}});
        const auto port = server.port(patience);
        ASSERT_TRUE(port) << server.last_words();
        HttpClient client(*port);
        const auto send = [&](std::size_t size) {
            const Account::Batch batch = account.send_new(size);
            const auto answer = client.post("/api/encounters", Account::body(batch));
            if (answer && answer->status == 200) {
                account.acknowledged(batch);
            }
            return answer.value_or(HttpClient::Answer{});
        };
        EXPECT_EQ(send(10).status, 200);
        EXPECT_EQ(counted(client), 10);
        std::ofstream(failing).close();
        const auto failed = send(5);
        EXPECT_EQ(failed.status, 503) << failed.body;
        const auto syncs_failed = std::filesystem::file_size(failing);
        EXPECT_GT(syncs_failed, 0) << "no sync was asked for: nothing was tested";
        const auto again = send(5);
        EXPECT_EQ(again.status, 503);
        EXPECT_THAT(again.body, HasSubstr("writing has stopped"));
        EXPECT_EQ(std::filesystem::file_size(failing), syncs_failed) << "it was tried again";
        std::filesystem::remove(failing);
        EXPECT_EQ(send(5).status, 503) << "a sync that failed once says nothing when repeated";
        EXPECT_GE(counted(client), 10);
    }
    ServerChild restarted(folder, {});
    const auto port = restarted.port(patience);
    ASSERT_TRUE(port) << restarted.last_words();
    HttpClient client(*port);
    const Account::Batch batch = account.send_new(7);
    ASSERT_EQ(client.post("/api/encounters", Account::body(batch))->status, 200);
    account.acknowledged(batch);
    restarted.kill();
    EXPECT_THAT(account.compare(folder), testing::IsEmpty());
}

class ABadDiskForSnapshots : public ::testing::TestWithParam<const char*> {};

/// The snapshot of the timeline cannot be written: the server says so and goes on as without one.
TEST_P(ABadDiskForSnapshots, IsSaidAndEverythingElseGoesOn) {
    const Scratch scratch("snapshot");
    const std::filesystem::path folder = scratch.path() / "data";
    const std::filesystem::path fault = scratch.path() / "fault";
    Account account;
    std::int64_t sent = 0;
    const auto send = [&](HttpClient& client) {
        const Account::Batch batch = account.send_new(100);
        const auto answer = client.post("/api/encounters", Account::body(batch));
        ASSERT_TRUE(answer && answer->status == 200);
        account.acknowledged(batch);
        sent += 100;
    };
    {
        ServerChild::Variables variables = frequent_work();
        variables.insert(variables.end(),
                         {{"LD_PRELOAD", KOKEMUS_DISK_FAULTS},
                          {"DISK_FAULT_PATH", "/timeline/"},
                          {"DISK_FAULT_KIND", GetParam()},
                          {"DISK_FAULT_SWITCH", fault}});
        ServerChild server(folder, variables);
        const auto port = server.port(patience);
        ASSERT_TRUE(port) << server.last_words();
        HttpClient client(*port);
        for (int i = 0; i < 5; ++i) {
            send(client);
        }
        const std::filesystem::path head = folder / "timeline" / "head.columns";
        const auto until = std::chrono::steady_clock::now() + patience;
        while (!std::filesystem::exists(head) && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(milliseconds(10));
        }
        ASSERT_TRUE(std::filesystem::exists(head)) << "no snapshot before the disk goes bad";
        std::ofstream(fault).close();
        constexpr const char* words = "snapshot of the timeline was not written";
        const bool is_short = std::string_view(GetParam()) == "short";
        for (int i = 0; i < 400 && (i < 8 || server.last_words().find(words) == std::string::npos);
             ++i) {
            send(client);
            std::this_thread::sleep_for(milliseconds(is_short ? 5 : 30));
        }
        EXPECT_EQ(counted(client), sent);
        if (!is_short) {
            EXPECT_THAT(server.last_words(), HasSubstr(words));
        }
        EXPECT_EQ(server.end(), 0)
            << "a snapshot that cannot be written does not keep it from ending";
    }
    EXPECT_THAT(account.compare(folder), testing::IsEmpty());
    std::filesystem::remove(fault);
    ServerChild again(folder, frequent_work());
    const auto port = again.port(patience);
    ASSERT_TRUE(port) << again.last_words();
    HttpClient client(*port);
    EXPECT_EQ(counted(client), sent);
    EXPECT_THAT(again.last_words(), Not(HasSubstr("its snapshot is not used")))
        << "the former snapshot was not usable any more";
}

INSTANTIATE_TEST_SUITE_P(Outage, ABadDiskForSnapshots,
                         ::testing::Values("full", "write", "short", "sync"));

}  // namespace
}  // namespace kokemus::durability
