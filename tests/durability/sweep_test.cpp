#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backup/backup.h"
#include "backup/verify.h"
#include "base/file.h"
#include "base/random.h"
#include "rounds.h"
#include "timeline/ledger_comparison.h"
#include "timeline/snapshot_folder.h"
#include "timeline/timeline_build.h"

/// One small piece of work (append, fold the log, snapshot, append, snapshot, backup) on a disk of
/// which the n-th write or sync fails, for one n after the other, and the books afterwards. The
/// work is done by a child, this same program with the failing disk under it
/// (tests/faults/disk_faults.cpp).
namespace kokemus::durability {
namespace {

namespace fs = std::filesystem;
using encounter::Encounter;

constexpr const char* folder_variable = "KOKEMUS_SWEEP_FOLDER";
constexpr int rows = 150;

std::vector<Encounter> batch(int index) {
    std::vector<Encounter> out(rows);
    for (int i = 0; i < rows; ++i) {
        Encounter& one = out[static_cast<std::size_t>(i)];
        one.customer = encounter::CustomerName("c" + std::to_string(i % 97));
        one.id = encounter::EncounterId(fmt::format("{}-{}", index, i));
        one.time = Instant(Milliseconds(1'700'000'000'000 + index * 1000 + i));
        one.touchpoint = "touchpoint " + std::to_string(index % 3);
        one.text = fmt::format("what was said the {}th time", i * 7919 % 10007);
    }
    return out;
}

/// What the child says, one line each, as soon as it knows; on a disk that does not fail.
class Said {
public:
    explicit Said(const fs::path& file)
        : file_(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) {}
    ~Said() { ::close(file_); }
    Said(const Said&) = delete;
    Said& operator=(const Said&) = delete;

    template <typename Done>
    void say(const std::string& what, const Done& done) const {
        const std::string line =
            done ? what + "\n" : fmt::format("no {}: {}\n", what, done.error().message);
        ASSERT_GT(::write(file_, line.data(), line.size()), 0);
    }

private:
    int file_;
};

Status write_snapshot(const ledger::Ledger& ledger, timeline::SnapshotFolder& snapshot) {
    const auto built =
        TRY(timeline::build_timeline(ledger, std::make_shared<const blueprint::Blueprint>()));
    return snapshot.save(*built.timeline, ledger, built.standing);
}

TEST(SweepChild, DISABLED_Works) {
    const fs::path folder = std::getenv(folder_variable);
    const fs::path data = folder / "disk" / "data";
    const Said said(folder / "said");
    auto ledger = ledger::Ledger::open(data);
    said.say("opening", ledger);
    if (!ledger) {
        return;
    }
    timeline::SnapshotFolder snapshot(data / "timeline");
    int next = 0;
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 3; ++i, ++next) {
            said.say(fmt::format("batch {}", next), (*ledger)->append(batch(next)));
        }
        said.say("snapshot", write_snapshot(**ledger, snapshot));
    }
    said.say("backup",
             backup::make_backup({**ledger, data, "1"}, folder / "disk" / "backup", SystemClock()));
}

struct Run {
    int status = -1;
    bool was_hit = false;
    std::set<std::string> said;
};

Run run_child(const fs::path& folder, const std::string& kind, std::uint64_t at) {
    const fs::path program = fs::read_symlink("/proc/self/exe");
    const std::string fault = folder / "fault";
    EXPECT_TRUE(write_file(fault, ""));
    const pid_t child = ::fork();
    if (child == 0) {
        ::setenv("LD_PRELOAD", KOKEMUS_DISK_FAULTS, 1);
        ::setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 0);
        ::setenv("DISK_FAULT_PATH", "/disk/", 1);
        ::setenv("DISK_FAULT_KIND", kind.c_str(), 1);
        ::setenv("DISK_FAULT_AT", std::to_string(at).c_str(), 1);
        ::setenv("DISK_FAULT_SWITCH", fault.c_str(), 1);
        ::setenv("KOKEMUS_TEST_CHECKPOINT_BYTES", "40000", 1);
        ::setenv(folder_variable, folder.c_str(), 1);
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(nowhere, STDOUT_FILENO);
        ::dup2(nowhere, STDERR_FILENO);
        ::execl(program.c_str(),
                "sweep_test",
                "--gtest_filter=SweepChild.DISABLED_Works",
                "--gtest_also_run_disabled_tests",
                static_cast<char*>(nullptr));
        ::_exit(127);
    }
    Run run;
    ::waitpid(child, &run.status, 0);
    run.was_hit = fs::exists(fault + ".hit");
    const auto said = read_file(folder / "said", 1U << 20U);
    std::size_t from = 0;
    for (std::size_t end = 0; said && (end = said->find('\n', from)) != std::string::npos;
         from = end + 1) {
        run.said.insert(said->substr(from, end - from));
    }
    return run;
}

/// Each batch wholly or not at all, and wholly when it was acknowledged; each encounter once.
void expect_batches(const ledger::Ledger& ledger, const Run& run) {
    std::map<std::string, int> seen;
    ASSERT_TRUE(ledger.scan_since(0, [&](std::span<const ledger::Entry> entries) -> Status {
        for (const ledger::Entry& entry : entries) {
            ++seen[entry.encounter.id.value()];
        }
        return {};
    }));
    for (int index = 0; index < 6; ++index) {
        int there = 0;
        for (const Encounter& one : batch(index)) {
            const auto found = seen.find(one.id.value());
            there += found != seen.end() ? found->second : 0;
        }
        const bool is_acknowledged = run.said.contains(fmt::format("batch {}", index));
        EXPECT_TRUE(there == rows || (there == 0 && !is_acknowledged))
            << there << " of batch " << index << (is_acknowledged ? ", acknowledged" : "");
    }
}

/// One that was written stays, whatever became of the next one, and is what the ledger holds.
void expect_snapshot(const fs::path& data, const ledger::Ledger& ledger, const Run& run) {
    const auto restored = timeline::SnapshotFolder(data / "timeline")
                              .load(ledger, std::make_shared<const blueprint::Blueprint>());
    if (restored) {
        const Status compared =
            timeline::compare_with_ledger(*restored->timeline, ledger, restored->standing);
        EXPECT_TRUE(compared) << compared.error().message;
    } else {
        EXPECT_EQ(restored.error().code, ErrorCode::NotFound) << restored.error().message;
        EXPECT_FALSE(run.said.contains("snapshot")) << "one was written and is of no use";
    }
}

/// A backup that was made is whole; of one that failed nothing stays.
void expect_backup(const fs::path& folder, const Run& run) {
    if (run.said.contains("backup")) {
        const auto found = backup::verify(folder);
        ASSERT_TRUE(found) << found.error().message;
        EXPECT_THAT(found->damage, testing::IsEmpty());
    } else {
        EXPECT_TRUE(!fs::exists(folder) || fs::is_empty(folder));
    }
}

/// Whether the n-th was reached.
bool one_round(const std::string& kind, std::uint64_t at, std::uint64_t& failures) {
    SCOPED_TRACE(fmt::format("{}, the {}th", kind, at));
    const Scratch scratch("sweep");
    const fs::path data = scratch.path() / "disk" / "data";
    fs::create_directories(data);
    const Run run = run_child(scratch.path(), kind, at);
    EXPECT_TRUE(WIFEXITED(run.status) && WEXITSTATUS(run.status) == 0) << run.status;
    for (const std::string& line : run.said) {
        failures += line.starts_with("no ") ? 1 : 0;
    }
    const auto ledger = ledger::Ledger::open(data);
    EXPECT_TRUE(ledger) << ledger.error().message;
    if (ledger) {
        expect_batches(**ledger, run);
        expect_snapshot(data, **ledger, run);
        EXPECT_TRUE((*ledger)->append(batch(7))) << "it does not go on";
    }
    expect_backup(scratch.path() / "disk" / "backup", run);
    return run.was_hit;
}

/// Every n from the first to the one that is not reached, in steps so that there are about so many.
void sweep(const std::string& kind, std::uint64_t reached_about) {
    const Rounds rounds = rounds_of("SWEEP", 6);
    const std::uint64_t step = std::max<std::uint64_t>(1, reached_about / rounds.count);
    Random random(rounds.seed);
    std::uint64_t failures = 0;
    std::uint64_t hits = 0;
    std::uint64_t at = 1 + random.below(step);
    while (one_round(kind, at, failures) && !testing::Test::HasFailure()) {
        ++hits;
        at += step;
    }
    fmt::print(
        "{}: {} hits up to the {}th, {} times something was refused\n", kind, hits, at, failures);
    EXPECT_GT(hits, std::min<std::uint64_t>(rounds.count, 20) / 2) << "the disk hardly ever failed";
    if (kind == "short") {
        EXPECT_EQ(failures, 0) << "what was not taken is written again";
    } else {
        EXPECT_GT(failures, 0) << "nobody noticed";
    }
}

TEST(Sweep, AnyWriteFails) {
    sweep("write", 50);
}

TEST(Sweep, TheDiskIsFullFromAnyWriteOn) {
    sweep("full", 50);
}

TEST(Sweep, AnyWriteIsShort) {
    sweep("short", 50);
}

TEST(Sweep, AnySyncFails) {
    sweep("sync", 36);
}

}  // namespace
}  // namespace kokemus::durability
