#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account.h"
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

}  // namespace
}  // namespace kokemus::durability
