#include <chrono>
#include <functional>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account.h"
#include "base/file.h"
#include "base/test_moment.h"
#include "http_client.h"
#include "rounds.h"
#include "senders.h"
#include "server_child.h"

/// Backups by the program itself, while senders go on at full speed.
namespace kokemus::durability {
namespace {

using std::chrono::milliseconds;
using testing::IsEmpty;

class Keeping : public ::testing::Test {
protected:
    std::filesystem::path at(const std::string& name) const { return scratch_.path() / name; }

    int run(const std::string& folder, std::vector<std::string> words) const {
        words.insert(words.begin(), {"--quiet", "--data", at(folder).string()});
        return run_program(words);
    }

    Scratch scratch_{"keeping"};
};

TEST_F(Keeping, ABackupOfABusyServerHoldsAllThatWasAcknowledgedBefore) {
    constexpr int backups = 3;
    Account account;
    std::vector<std::uint64_t> before;
    {
        ServerChild server(at("data"), frequent_work());
        const auto port = server.port(milliseconds(60'000));
        ASSERT_TRUE(port) << server.last_words();
        Senders senders(*port, account, 1, 3);
        for (int i = 0; i < backups; ++i) {
            senders.work(40);
            before.push_back(account.acknowledgements());
            ASSERT_EQ(run("data", {"backup", at(std::to_string(i)).string()}), 0);
        }
        const std::uint64_t in_the_last = account.acknowledgements();
        senders.work(20);
        EXPECT_GT(account.acknowledgements(), in_the_last) << "the server takes nothing any more";
        senders.end();
        EXPECT_THAT(senders.faults(), IsEmpty());
        EXPECT_NE(run("data", {"backup", at("0").string()}), 0) << "a folder that is not empty";
        server.kill();
    }
    EXPECT_THAT(account.compare(at("data")), IsEmpty());
    for (int i = 0; i < backups; ++i) {
        SCOPED_TRACE(i);
        const std::string restored = "restored " + std::to_string(i);
        EXPECT_EQ(run("data", {"verify", at(std::to_string(i)).string()}), 0);
        ASSERT_EQ(run(restored, {"restore", at(std::to_string(i)).string()}), 0);
        EXPECT_THAT(account.compare(at(restored), before[static_cast<std::size_t>(i)]), IsEmpty());
        EXPECT_FALSE(account.compare(at(restored)).empty()) << "it holds what came after it too";
    }
    EXPECT_EQ(run("restored 0", {"verify"}), 0);
    std::filesystem::resize_file(at("0") / "encounters.duckdb", 100'000);
    EXPECT_EQ(run("data", {"verify", at("0").string(), "--json"}), 1) << "damage is its own code";
    EXPECT_EQ(run("data", {"verify", at("").string()}), 2) << "neither data nor a backup";
    // What a killed server left behind does not keep the command from making a backup by itself.
    EXPECT_EQ(run("data", {"backup", at("alone").string()}), 0);
    ASSERT_EQ(run("restored", {"restore", at("alone").string()}), 0);
    EXPECT_THAT(account.compare(at("restored")), IsEmpty());
}

/// A start takes the snapshot when it is of this ledger and blueprint, and nothing else.
TEST_F(Keeping, AServerStartsFromItsSnapshotUnlessTheBlueprintIsAnother) {
    Account account;
    const auto serve = [&](const std::function<void(ServerChild&, std::uint16_t)>& meanwhile) {
        const TestMoments moments(at("moments"));
        ServerChild::Variables variables = frequent_work();
        variables.emplace_back("KOKEMUS_TEST_MOMENTS", at("moments"));
        ServerChild server(at("data"), variables);
        const auto port = server.port(milliseconds(60'000));
        EXPECT_TRUE(port) << server.last_words();
        if (port) {
            meanwhile(server, *port);
        }
        EXPECT_EQ(server.end(), 0) << server.last_words();
        return moments.begun("start from a snapshot");
    };
    const auto send = [&](ServerChild&, std::uint16_t port) {
        HttpClient client(port);
        for (int i = 0; i < 6; ++i) {
            const Account::Batch batch = account.send_new(100);
            const auto answer = client.post("/api/encounters", Account::body(batch));
            ASSERT_TRUE(answer && answer->status == 200);
            account.acknowledged(batch);
        }
        // What has not come to the timeline yet is in no snapshot of it.
        const auto late = std::chrono::steady_clock::now() + milliseconds(10'000);
        auto answer = client.get("/api/ask?q=flow");
        while (answer && answer->body.find(R"("encounters":600)") == std::string::npos &&
               std::chrono::steady_clock::now() < late) {
            std::this_thread::sleep_for(milliseconds(20));
            answer = client.get("/api/ask?q=flow");
        }
    };
    const auto holds_all = [&](ServerChild&, std::uint16_t port) {
        HttpClient client(port);
        const auto answer = client.get("/api/ask?q=flow");
        ASSERT_TRUE(answer);
        EXPECT_THAT(answer->body, testing::HasSubstr(R"("encounters":600)"));
    };
    EXPECT_EQ(serve(send), 0) << "there was no snapshot yet";
    EXPECT_EQ(serve(holds_all), 1);
    ASSERT_TRUE(write_file(at("data") / "blueprint.toml",
                           "name = \"Shop\"\n[dimension.plan]\nsource = \"properties\"\n"));
    EXPECT_EQ(serve([&](ServerChild& server, std::uint16_t port) {
                  holds_all(server, port);
                  EXPECT_THAT(server.last_words(), testing::HasSubstr("another blueprint"));
              }),
              0)
        << "its columns are those of another blueprint";
    EXPECT_EQ(serve(holds_all), 1) << "the new one was not written";
    EXPECT_THAT(account.compare(at("data")), IsEmpty());
}

}  // namespace
}  // namespace kokemus::durability
