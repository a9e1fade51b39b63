#include <array>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "account.h"
#include "base/random.h"
#include "http_client.h"
#include "rounds.h"
#include "senders.h"
#include "server_child.h"

/// What the server promises when it is killed at any moment: every encounter that it acknowledged
/// is there once, and no batch is there in part.
namespace kokemus::durability {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::size_t chains = 2;
constexpr std::size_t clients = 3;

/// The work of a round, at most.
constexpr std::uint64_t acknowledgements_max = 40;

/// A new folder now and then, so that the ledger stays small and opening quick.
constexpr std::uint64_t rounds_per_folder = 10;

/// Of a hundred kills, those while the server still starts: replaying its log, migrating, loading.
constexpr std::uint64_t kills_while_starting_percent = 20;

/// Of a hundred restarts, those straight from what the kill left, without a look in between.
constexpr std::uint64_t no_look_percent = 30;

struct Chain {
    std::uint64_t rounds = 0;
    std::uint64_t acknowledgements = 0;
    std::uint64_t kills_while_starting = 0;
    std::vector<std::string> faults;
};

/// One start, some work, one kill.
void one_round(const std::filesystem::path& folder, Account& account, Random& random,
               Chain& chain) {
    ServerChild server(folder, frequent_work());
    if (random.below(100) < kills_while_starting_percent) {
        std::this_thread::sleep_for(microseconds(random.below(120'000)));
        ++chain.kills_while_starting;
        server.kill();
        return;
    }
    const auto port = server.port(milliseconds(60'000));
    if (!port) {
        chain.faults.push_back("the server did not start: " + server.last_words());
        return;
    }
    Senders senders(*port, account, random.below(1U << 30U), clients);
    senders.work(random.below(acknowledgements_max));
    std::this_thread::sleep_for(microseconds(random.below(15'000)));
    server.kill();
    senders.end();
    chain.faults.insert(chain.faults.end(), senders.faults().begin(), senders.faults().end());
}

/// Rounds one after the other on folders of their own.
Chain run_chain(std::uint64_t rounds, std::uint64_t seed) {
    Chain chain;
    Random random(seed);
    while (chain.rounds < rounds && chain.faults.empty()) {
        const Scratch scratch("kill");
        const std::filesystem::path folder = scratch.path() / "data";
        std::filesystem::create_directories(folder);
        Account account;
        for (std::uint64_t i = 0;
             i < rounds_per_folder && chain.rounds < rounds && chain.faults.empty();
             ++i) {
            one_round(folder, account, random, chain);
            ++chain.rounds;
            const bool is_last = i + 1 == rounds_per_folder || chain.rounds == rounds;
            if (is_last || random.below(100) >= no_look_percent) {
                for (std::string& fault : account.compare(folder)) {
                    chain.faults.push_back(fmt::format("round {}: {}", chain.rounds, fault));
                }
            }
        }
        chain.acknowledgements += account.acknowledgements();
    }
    return chain;
}

TEST(Kill, NothingAcknowledgedIsLostOrDoubledAndNothingIsHalf) {
    const Rounds rounds = rounds_of("KILL", 200);
    std::array<Chain, chains> done;
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < chains; ++i) {
            threads.emplace_back(
                [&, i] { done[i] = run_chain((rounds.count + i) / chains, rounds.seed + i); });
        }
    }
    std::uint64_t acknowledgements = 0;
    std::uint64_t kills_while_starting = 0;
    for (const Chain& chain : done) {
        acknowledgements += chain.acknowledgements;
        kills_while_starting += chain.kills_while_starting;
        for (const std::string& fault : chain.faults) {
            ADD_FAILURE() << fault;
        }
    }
    fmt::print("{} batches acknowledged, {} kills while starting\n",
               acknowledgements,
               kills_while_starting);
    EXPECT_GT(acknowledgements, rounds.count) << "hardly anything was sent: nothing was tested";
}

/// The books must notice what they are there for.
TEST(Kill, TheBooksNoticeALoss) {
    const Scratch scratch("books");
    Account account;
    ServerChild server(scratch.path(), {});
    const auto port = server.port(milliseconds(60'000));
    ASSERT_TRUE(port) << server.last_words();
    HttpClient client(*port);
    const Account::Batch kept = account.send_new(5);
    const Account::Batch lost = account.send_new(7);
    ASSERT_EQ(client.post("/api/encounters", Account::body(kept))->status, 200);
    account.acknowledged(kept);
    account.acknowledged(lost);
    const Account::Batch half{3, 4};
    ASSERT_EQ(client.post("/api/encounters", Account::body(half))->status, 200);
    EXPECT_EQ(server.end(), 0);
    EXPECT_EQ(account.compare(scratch.path()).size(), 5) << "one loss, four never sent";
    EXPECT_EQ(account.send_new(9).number, 3);
    EXPECT_EQ(account.compare(scratch.path()).size(), 2) << "one loss, one half";
}

}  // namespace
}  // namespace kokemus::durability
