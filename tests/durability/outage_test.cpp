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

}  // namespace
}  // namespace kokemus::durability
