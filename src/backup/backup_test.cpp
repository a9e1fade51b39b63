#include "backup/backup.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "backup/restore.h"
#include "backup/test_folders.h"
#include "base/file.h"

namespace kokemus::backup {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// Ids in the order of their numbers, which must go from 1 without a gap.
std::vector<std::string> ids(const ledger::Ledger& ledger) {
    std::vector<std::string> out;
    const auto read = ledger.scan_since(0, [&](std::span<const ledger::Entry> entries) -> Status {
        for (const ledger::Entry& entry : entries) {
            out.push_back(entry.encounter.id.value());
            EXPECT_EQ(entry.number, out.size());
        }
        return {};
    });
    EXPECT_TRUE(read) << read.error().message;
    return out;
}

class Backup : public TestFolders {
protected:
    Result<Made> back_up(ledger::Ledger& ledger) const {
        return make_backup({ledger, data(), "1.2.3"}, backup(), FixedClock(Instant{}));
    }

    std::unique_ptr<ledger::Ledger> open(const fs::path& path) const {
        auto opened = ledger::Ledger::open(path);
        EXPECT_TRUE(opened) << opened.error().message;
        return opened ? std::move(*opened) : nullptr;
    }

    Result<RestoredFolder> restore(Existing existing = Existing::Refuse) const {
        return restore_backup(backup(), restored(), existing, FixedClock(Instant{}));
    }

    /// A backup of a thousand encounters.
    void make_small() const {
        const auto ledger = open(data());
        ASSERT_TRUE(ledger->append(batch(0, 1000)));
        const auto made = back_up(*ledger);
        ASSERT_TRUE(made) << made.error().message;
    }
};

TEST_F(Backup, HoldsAPrefixOfWhatIsAppendedMeanwhileAndEverythingBefore) {
    const auto ledger = open(data());
    ASSERT_TRUE(ledger->append(batch(0, 50'000)));
    std::atomic<bool> go_on{true};
    std::atomic<int> acknowledged{50'000};
    std::thread appending([&] {
        for (int next = 50'000; go_on; next += 10) {
            ASSERT_TRUE(ledger->append(batch(next, 10)));
            acknowledged = next + 10;
        }
    });
    // A reader with an older view of the tables all the while.
    std::thread reading([&] {
        while (go_on) {
            ASSERT_TRUE(ledger->scan_since(0, [](auto) -> Status { return {}; }));
        }
    });
    std::vector<std::pair<int, Made>> made;
    for (int round = 0; round < 3; ++round) {
        const int before = acknowledged;
        auto one = back_up(*ledger);
        ASSERT_TRUE(one) << one.error().message;
        made.emplace_back(before, std::move(*one));
        fs::rename(backup(), area().path() / std::to_string(round));
    }
    go_on = false;
    appending.join();
    reading.join();
    const std::vector<std::string> all = ids(*ledger);
    ASSERT_EQ(all.size(), static_cast<std::size_t>(acknowledged));
    for (int round = 0; round < 3; ++round) {
        SCOPED_TRACE(round);
        const auto& [before, one] = made[static_cast<std::size_t>(round)];
        const fs::path into = area().path() / ("into " + std::to_string(round));
        const auto back = restore_backup(
            area().path() / std::to_string(round), into, Existing::Refuse, FixedClock(Instant{}));
        ASSERT_TRUE(back) << back.error().message;
        const std::vector<std::string> copied = ids(*open(into));
        EXPECT_GE(copied.size(), static_cast<std::size_t>(before));
        EXPECT_EQ(copied.size(), one.manifest.encounters);
        EXPECT_EQ(copied.size(), one.manifest.last_number);
        ASSERT_LE(copied.size(), all.size());
        EXPECT_TRUE(std::equal(copied.begin(), copied.end(), all.begin()));
    }
}

TEST_F(Backup, CopyingKeepsTheFileLockedAgainstOtherPrograms) {
    const auto ledger = open(data());
    ASSERT_TRUE(ledger->append(batch(0, 10)));
    ASSERT_TRUE(back_up(*ledger));
    // Another process finds DuckDB's lock on its file as it was before.
    const pid_t child = ::fork();
    if (child == 0) {
        struct flock wanted {};
        wanted.l_type = F_WRLCK;
        wanted.l_whence = SEEK_SET;
        const int file = ::open((data() / "ledger" / "encounters.duckdb").c_str(), O_RDWR);
        ::_exit(::fcntl(file, F_GETLK, &wanted) == 0 && wanted.l_type != F_UNLCK ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

TEST_F(Backup, RestoredFolderHoldsTheSame) {
    ASSERT_TRUE(write_file(data() / "truth.json", "{}"));
    make_small();
    const auto back = restore();
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(back->manifest.program_version, "1.2.3");
    EXPECT_EQ(back->moved_to, "");
    const auto from = open(data());
    const auto to = open(restored());
    EXPECT_EQ(ids(*from), ids(*to));
    EXPECT_EQ(from->id(), to->id());
    EXPECT_EQ(*read_file(restored() / "blueprint.toml", 100), "name = \"Shop\"\n");
    EXPECT_EQ(*read_file(restored() / "truth.json", 100), "{}");
    EXPECT_FALSE(fs::exists(restored() / "restoring"));
    // It goes on where it was, and knows what it has.
    const auto again = to->append(batch(990, 20));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->accepted, 10);
    EXPECT_EQ(again->duplicates, 10);
}

TEST_F(Backup, FolderMustBeEmpty) {
    make_small();
    const auto ledger = open(data());
    const auto again = back_up(*ledger);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::Conflict);
    EXPECT_TRUE(read_manifest(backup())) << "the backup that was there has gone";
}

TEST_F(Backup, NothingStaysOfOneThatFails) {
    const auto ledger = open(data());
    fs::remove(data() / "blueprint.toml");
    ASSERT_TRUE(make_folders(data() / "blueprint.toml"));
    EXPECT_FALSE(back_up(*ledger));
    EXPECT_FALSE(fs::exists(backup()));
}

TEST_F(Backup, DamageIsNamedAndNothingChanged) {
    make_small();
    const auto refused = [&](std::string_view words) {
        const auto back = restore();
        ASSERT_FALSE(back);
        EXPECT_EQ(back.error().code, ErrorCode::Corrupt);
        EXPECT_THAT(back.error().message, HasSubstr(words));
        EXPECT_FALSE(fs::exists(restored()));
    };
    const fs::path file = backup() / "encounters.duckdb";
    const std::string whole = *read_file(file, 1U << 28U);
    const auto manifest = read_manifest(backup());
    ASSERT_TRUE(manifest);
    for (std::size_t at = 3; at < whole.size(); at += whole.size() / 7) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 1);
        ASSERT_TRUE(write_file(file, flipped));
        refused("encounters.duckdb is not as it was written");
    }
    ASSERT_TRUE(write_file(file, whole.substr(0, whole.size() / 2)));
    refused("encounters.duckdb has " + std::to_string(whole.size() / 2) + " bytes instead of");
    fs::remove(file);
    fs::remove(backup() / "blueprint.toml");
    refused("encounters.duckdb is missing; blueprint.toml is missing");
    ASSERT_TRUE(write_file(file, whole));
    ASSERT_TRUE(write_file(backup() / "blueprint.toml", "name = \"Shop\"\n"));
    EXPECT_TRUE(restore());
}

TEST_F(Backup, ManifestIsCheckedByteByByte) {
    make_small();
    const fs::path file = backup() / manifest_name;
    const std::string whole = *read_file(file, 1U << 20U);
    for (std::size_t at = 0; at + 1 < whole.size(); ++at) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 1);
        std::ofstream(file, std::ios::binary) << flipped;  // unsynced: some seven hundred of them
        EXPECT_FALSE(read_manifest(backup())) << flipped;
    }
    fs::remove(file);
    EXPECT_EQ(restore().error().code, ErrorCode::NotFound);
}

TEST_F(Backup, ANewerFormatIsRefused) {
    make_small();
    ASSERT_TRUE(write_file(backup() / manifest_name, R"({"format":2,"program_version":"9.0"})"));
    const auto newer = restore();
    ASSERT_FALSE(newer);
    EXPECT_EQ(newer.error().code, ErrorCode::Conflict);
    EXPECT_THAT(newer.error().message, HasSubstr("newer kokemus (9.0)"));
    Manifest manifest;
    manifest.ledger_version = 1000;
    ASSERT_TRUE(write_manifest(manifest, backup()));
    EXPECT_EQ(restore().error().code, ErrorCode::Conflict);
}

TEST_F(Backup, WhatIsThereIsMovedAsideOnlyWhenTold) {
    make_small();
    {
        const auto other = open(restored());
        ASSERT_TRUE(other->append(batch(5000, 3)));
    }
    ASSERT_TRUE(make_folders(restored() / "timeline"));
    const auto refused = restore();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_THAT(refused.error().message, HasSubstr("--replace"));
    const auto back = restore(Existing::MoveAside);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(back->moved_to.filename(), "ledger.before-restore-19700101T000000Z");
    EXPECT_EQ(ids(*open(restored())).size(), 1000U);
    EXPECT_EQ(ids(*open(back->moved_to)).size(), 3U);
    EXPECT_FALSE(fs::exists(restored() / "timeline"));
}

TEST_F(Backup, RecordsComeBackWithoutTheLogOfThoseThatWereThere) {
    {
        const auto ledger = open(data());
        Source source{*ledger, data(), "1.2.3"};
        source.copy_records = [](const fs::path& to) {
            EXPECT_FALSE(fs::exists(to.parent_path() / "encounters.duckdb"))
                << "they may say of the ledger what its copy does not have";
            return write_file(to, "copied");
        };
        const auto made = make_backup(source, backup(), FixedClock(Instant{}));
        ASSERT_TRUE(made) << made.error().message;
        EXPECT_EQ(made->manifest.files.back().name, records_name);
    }
    // As when somebody has copied the backup without its rights.
    fs::permissions(backup() / records_name, fs::perms(0644));
    ASSERT_TRUE(make_folders(restored()));
    for (const char* name : {"records.sqlite", "records.sqlite-wal", "records.sqlite-shm"}) {
        ASSERT_TRUE(write_file(restored() / name, "old"));
    }
    EXPECT_FALSE(restore()) << "records alone are something that is there";
    const auto back = restore(Existing::MoveAside);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(read_file(restored() / "records.sqlite", 100).value(), "copied");
    EXPECT_EQ(fs::status(restored() / records_name).permissions(), fs::perms(0600));
    EXPECT_FALSE(fs::exists(restored() / "records.sqlite-wal"));
    EXPECT_FALSE(fs::exists(restored() / "records.sqlite-shm"));
    for (const char* name : {"records.sqlite", "records.sqlite-wal", "records.sqlite-shm"}) {
        EXPECT_EQ(read_file(back->moved_to / name, 100).value(), "old") << name;
    }
}

TEST_F(Backup, NothingStaysOfOneWhoseRecordsCannotBeCopied) {
    const auto ledger = open(data());
    Source source{*ledger, data(), "1.2.3"};
    source.copy_records = [](const fs::path& to) -> Status {
        EXPECT_TRUE(write_file(to, "half"));
        return Error{ErrorCode::Corrupt, "the records are damaged"};
    };
    const auto made = make_backup(source, backup(), FixedClock(Instant{}));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().message, "the records are damaged");
    EXPECT_FALSE(fs::exists(backup()));
}

TEST_F(Backup, AFolderInUseIsNotRestoredInto) {
    make_small();
    const auto ledger = open(restored());
    const auto refused = restore(Existing::MoveAside);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("in use by the process"));
}

/// Killed at any moment, a backup is whole or has no manifest.
TEST_F(Backup, KilledItIsNoBackup) {
    {
        const auto ledger = open(data());
        ASSERT_TRUE(ledger->append(batch(0, 20'000)));
    }
    int unfinished = 0;
    for (int round = 0; round < 12; ++round) {
        fs::remove_all(backup());
        const pid_t child = ::fork();
        if (child == 0) {
            auto ledger = ledger::Ledger::open(data());
            const auto slowly = [](std::string_view) { ::usleep(3000); };
            ::_exit(ledger && make_backup({**ledger, data(), "1"}, backup(), SystemClock(), slowly)
                        ? 0
                        : 1);
        }
        while (!fs::exists(backup())) {
            ::usleep(200);
        }
        ::usleep(static_cast<useconds_t>(round * 1500));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const auto manifest = read_manifest(backup());
        if (manifest) {
            EXPECT_THAT(damage_of(*manifest, backup()), testing::IsEmpty());
        } else {
            EXPECT_EQ(manifest.error().code, ErrorCode::NotFound);
            ++unfinished;
        }
    }
    EXPECT_GT(unfinished, 0) << "none was killed on the way";
    EXPECT_EQ(ids(*open(data())).size(), 20'000U);
}

}  // namespace
}  // namespace kokemus::backup
