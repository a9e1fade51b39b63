#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "account.h"
#include "base/random.h"
#include "base/test_moment.h"
#include "disk.h"
#include "rounds.h"
#include "senders.h"
#include "server_child.h"

/// What the server promises when the power goes: what it acknowledged was synced, with the names of
/// its files. A kill cannot show that, since the kernel keeps what the dead process wrote.
namespace kokemus::durability {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::size_t clients = 3;

/// The work of a round, at most.
constexpr std::uint64_t acknowledgements_max = 40;

/// Answers that left before the server was frozen reach the clients within this.
constexpr auto drain = milliseconds(15);

/// In one of so many rounds a backup is made between two pieces of work.
constexpr std::uint64_t backup_every = 4;

/// A new disk now and then keeps the ledger small.
constexpr std::uint64_t rounds_per_disk = 15;

using MakeDisk = std::unique_ptr<Disk> (*)(const std::filesystem::path&, std::string&);

struct Outcome {
    std::uint64_t rounds = 0;
    std::uint64_t acknowledgements = 0;
    std::uint64_t backups = 0;
    std::uint64_t mended = 0;  ///< logs that had lost sectors
    std::string why_not;
    std::vector<std::string> faults;
};

/// In half of the rounds the power goes while a commit is on its way to the disk.
void wait_for_a_commit(const TestMoments& moments, Random& random) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (!moments.is_active("commit") && std::chrono::steady_clock::now() < until) {
    }
    std::this_thread::sleep_for(microseconds(random.below(400)));
}

/// The logs that lost sectors and were kept aside.
std::uint64_t mended_logs(const std::filesystem::path& folder) {
    std::uint64_t count = 0;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "ledger", none)) {
        count += entry.path().string().find(".wal.damaged-at-") != std::string::npos ? 1 : 0;
    }
    return count;
}

/// One start, some work, one loss of power; then the books are compared.
void one_round(Disk& disk, Account& account, Random& random, ServerChild::Variables variables,
               Outcome& outcome) {
    const std::filesystem::path folder = disk.folder() / "data";
    const std::filesystem::path marks = disk.folder().parent_path() / "moments";
    const TestMoments moments(marks);
    variables.emplace_back("KOKEMUS_TEST_MOMENTS", marks);
    ServerChild server(folder, variables);
    const auto port = server.port(milliseconds(60'000));
    if (!port) {
        outcome.faults.push_back("the server did not start: " + server.last_words());
        return;
    }
    account.open_books();
    Senders senders(*port, account, random.below(1U << 30U), clients);
    senders.work(1 + random.below(acknowledgements_max));
    if (random.below(backup_every) == 0) {
        // It folds the log in outside of a commit; what is acknowledged then stands in a new file.
        const std::filesystem::path to = disk.folder().parent_path() / "backup";
        if (run_program({"--data", folder.string(), "backup", to.string()}) != 0) {
            outcome.faults.push_back("no backup was made: " + server.last_words());
        }
        std::filesystem::remove_all(to);
        ++outcome.backups;
        senders.work(1 + random.below(acknowledgements_max));
    }
    if (random.below(2) == 0) {
        wait_for_a_commit(moments, random);
    } else {
        std::this_thread::sleep_for(microseconds(random.below(15'000)));
    }
    server.freeze();
    std::this_thread::sleep_for(drain);
    account.close_books();
    if (!disk.lose_power(random.below(1U << 30U), [&] { server.kill(); })) {
        outcome.faults.push_back("the disk did not come back");
        return;
    }
    senders.end();
    const std::uint64_t mended_before = mended_logs(folder);
    const auto lost = account.compare(folder);
    outcome.mended += mended_logs(folder) - mended_before;
    outcome.faults.insert(outcome.faults.end(), lost.begin(), lost.end());
    outcome.faults.insert(outcome.faults.end(), senders.faults().begin(), senders.faults().end());
}

/// Rounds until there are enough, or something is wrong.
Outcome run_rounds(MakeDisk make, std::uint64_t count, std::uint64_t seed,
                   const ServerChild::Variables& variables) {
    Outcome outcome;
    Random random(seed);
    while (outcome.rounds < count && outcome.faults.empty()) {
        const Scratch scratch("power");
        const auto disk = make(scratch.path(), outcome.why_not);
        if (!disk) {
            return outcome;
        }
        Account account;
        for (std::uint64_t i = 0;
             i < rounds_per_disk && outcome.rounds < count && outcome.faults.empty();
             ++i) {
            one_round(*disk, account, random, variables, outcome);
            ++outcome.rounds;
        }
        outcome.acknowledgements += account.acknowledgements();
    }
    return outcome;
}

void expect_nothing_lost(MakeDisk make, const std::string& name) {
    const Rounds rounds = rounds_of(name, 25);
    const Outcome outcome = run_rounds(make, rounds.count, rounds.seed, frequent_work());
    if (!outcome.why_not.empty()) {
        GTEST_SKIP() << "NOT TESTED, loss of power: " << outcome.why_not;
    }
    for (const std::string& fault : outcome.faults) {
        ADD_FAILURE() << "round " << outcome.rounds << ": " << fault;
    }
    fmt::print("{} batches acknowledged, {} backups made, {} logs had lost sectors\n",
               outcome.acknowledgements,
               outcome.backups,
               outcome.mended);
    EXPECT_GT(outcome.acknowledgements, rounds.count) << "hardly anything was sent";
}

/// A writer that does not sync must be caught, and soon.
void expect_caught(MakeDisk make) {
    ServerChild::Variables variables = frequent_work();
    variables.emplace_back("LD_PRELOAD", KOKEMUS_NO_SYNC);
    const Outcome outcome = run_rounds(make, 10, 1, variables);
    if (!outcome.why_not.empty()) {
        GTEST_SKIP() << "NOT TESTED, loss of power: " << outcome.why_not;
    }
    EXPECT_FALSE(outcome.faults.empty()) << "ten losses of power without a sync, and nothing lost";
}

TEST(Power, Ext4CatchesAWriterThatDoesNotSync) {
    expect_caught(&ext4_disk);
}

TEST(Power, TheLossyDiskCatchesAWriterThatDoesNotSync) {
    expect_caught(&lossy_disk);
}

TEST(Power, NothingAcknowledgedIsLostOnExt4) {
    expect_nothing_lost(&ext4_disk, "EXT4");
}

TEST(Power, NothingAcknowledgedIsLostOnTheLossyDisk) {
    expect_nothing_lost(&lossy_disk, "LOSSY");
}

}  // namespace
}  // namespace kokemus::durability
