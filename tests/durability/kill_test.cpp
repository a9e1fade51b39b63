#include <array>
#include <fstream>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "account.h"
#include "aim.h"
#include "base/project_file.h"
#include "base/random.h"
#include "base/test_moment.h"
#include "http_client.h"
#include "ledger/ledger.h"
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
constexpr std::uint64_t acknowledgements_before_aim = 12;

/// A new folder now and then, so that the ledger stays small and opening quick.
constexpr std::uint64_t rounds_per_folder = 10;

/// Of a hundred kills, those while the server still starts (replaying its log, loading), and those
/// that wait for one of `targets`. The others fall where they fall.
constexpr std::uint64_t kills_while_starting_percent = 20;
constexpr std::uint64_t kills_aimed_percent = 45;

/// Of a hundred restarts, those straight from what the kill left, without a look in between.
constexpr std::uint64_t no_look_percent = 30;

/// Of a hundred looks, those at every byte, the snapshot included, besides the last of a folder.
constexpr std::uint64_t whole_look_percent = 20;

const std::array<Target, 4> targets = {{
    {"committing", "commit", 2'000, {}},
    {"folding the log", "commit", 8'000, {"KOKEMUS_TEST_CHECKPOINT_BYTES", "1"}},
    {"writing a snapshot", "snapshot", 12'000, {}},
    {"merging parts", "merge", 50, {}},
}};

struct Chain {
    std::uint64_t rounds = 0;
    std::uint64_t acknowledgements = 0;
    std::uint64_t kills_while_starting = 0;
    std::array<std::uint64_t, targets.size()> kills_in{};
    std::vector<std::string> faults;
};

/// One start, some work, one kill.
void one_round(const std::filesystem::path& folder, Account& account, Random& random,
               Chain& chain) {
    const std::filesystem::path marks = folder.parent_path() / "moments";
    const TestMoments moments(marks);
    const std::uint64_t chance = random.below(100);
    const bool is_aimed = chance < kills_aimed_percent;
    const std::size_t aim_at = random.below(targets.size());
    auto variables = frequent_work();
    variables.emplace_back("KOKEMUS_TEST_MOMENTS", marks);
    if (is_aimed && !targets[aim_at].variable.first.empty()) {
        variables.push_back(targets[aim_at].variable);
    }
    ServerChild server(folder, variables);
    if (!is_aimed && chance < kills_aimed_percent + kills_while_starting_percent) {
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
    senders.work(random.below(is_aimed ? acknowledgements_before_aim : acknowledgements_max));
    if (is_aimed) {
        aim(moments, targets[aim_at], random);
    } else {
        std::this_thread::sleep_for(microseconds(random.below(15'000)));
    }
    server.kill();
    chain.kills_in[aim_at] += is_aimed && moments.is_active(targets[aim_at].moment) ? 1 : 0;
    senders.end();
    chain.faults.insert(chain.faults.end(), senders.faults().begin(), senders.faults().end());
}

/// The data folder that an earlier version wrote (tests/ledger).
bool unpack_ledger(int version, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder / "ledger");
    std::ofstream out(folder / "ledger" / "encounters.duckdb", std::ios::binary);
    const std::string name = fmt::format("tests/ledger/version_{}.duckdb.gz", version);
    const gzFile in = ::gzopen(project_file(name).c_str(), "rb");
    if (in == nullptr) {
        return false;
    }
    std::vector<char> buffer(1U << 20U);
    int got = 0;
    while ((got = ::gzread(in, buffer.data(), static_cast<unsigned>(buffer.size()))) > 0) {
        out.write(buffer.data(), got);
    }
    ::gzclose(in);
    return got == 0;
}

std::vector<encounter::Encounter> encounters_of(const std::filesystem::path& folder) {
    std::vector<encounter::Encounter> out;
    const auto ledger = ledger::Ledger::open(folder);
    EXPECT_TRUE(ledger) << ledger.error().message;
    if (ledger) {
        EXPECT_TRUE((*ledger)->scan([&](std::span<const ledger::Entry> entries) -> Status {
            for (const ledger::Entry& entry : entries) {
                out.push_back(entry.encounter);
            }
            return {};
        }));
    }
    return out;
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
                if (is_last || random.below(100) < whole_look_percent) {
                    for (std::string& damage : damage_in(folder)) {
                        chain.faults.push_back(std::move(damage));
                    }
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
    std::array<std::uint64_t, targets.size()> kills_in{};
    for (const Chain& chain : done) {
        for (std::size_t i = 0; i < targets.size(); ++i) {
            kills_in[i] += chain.kills_in[i];
        }
        acknowledgements += chain.acknowledgements;
        kills_while_starting += chain.kills_while_starting;
        for (const std::string& fault : chain.faults) {
            ADD_FAILURE() << fault;
        }
    }
    fmt::print("{} batches acknowledged, {} kills at random while starting\n",
               acknowledgements,
               kills_while_starting);
    for (std::size_t i = 0; i < targets.size(); ++i) {
        fmt::print("{} kills while {}\n", kills_in[i], targets[i].name);
        // A few kills may miss what is short.
        EXPECT_TRUE(kills_in[i] > 0 || rounds.count < 100) << "no kill met " << targets[i].name;
    }
    EXPECT_GT(acknowledgements, rounds.count) << "hardly anything was sent: nothing was tested";
}

/// The start that brings an older folder up to date, killed while it does.
TEST(Kill, AMigrationThatIsKilledIsDoneByTheNextStart) {
    const Rounds rounds = rounds_of("MIGRATION_KILL", 8);
    Random random(rounds.seed);
    std::uint64_t kills_in = 0;
    for (std::uint64_t round = 0; round < rounds.count; ++round) {
        SCOPED_TRACE(round);
        const Scratch scratch("migration");
        const std::filesystem::path folder = scratch.path() / "data";
        const std::filesystem::path marks = scratch.path() / "moments";
        const int version = 1 + static_cast<int>(round % 2);
        ASSERT_TRUE(unpack_ledger(version, scratch.path() / "undisturbed"));
        const auto expected = encounters_of(scratch.path() / "undisturbed");
        ASSERT_EQ(expected.size(), 60);
        ASSERT_TRUE(unpack_ledger(version, folder));
        const TestMoments moments(marks);
        {
            ServerChild server(folder, {{"KOKEMUS_TEST_MOMENTS", marks}});
            const auto until = std::chrono::steady_clock::now() + aim_at_most;
            while (!moments.is_active("migration") && std::chrono::steady_clock::now() < until) {
                std::this_thread::sleep_for(microseconds(20));
            }
            std::this_thread::sleep_for(microseconds(random.below(12'000)));
            server.kill();
            kills_in += moments.is_active("migration") ? 1 : 0;
        }
        ServerChild server(folder, {});
        const auto port = server.port(milliseconds(60'000));
        ASSERT_TRUE(port) << server.last_words();
        HttpClient client(*port);
        const auto answer = client.get("/api/ask?q=flow");
        ASSERT_TRUE(answer);
        EXPECT_NE(answer->body.find(R"("encounters":60)"), std::string::npos) << answer->body;
        EXPECT_EQ(server.end(), 0);
        EXPECT_EQ(encounters_of(folder), expected);
    }
    fmt::print("{} of {} kills fell into the migration\n", kills_in, rounds.count);
    EXPECT_GT(kills_in, 0);
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
