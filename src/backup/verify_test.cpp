#include "backup/verify.h"

#include <algorithm>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backup/backup.h"
#include "backup/test_folders.h"
#include "base/file.h"
#include "blueprint/blueprint_read.h"
#include "timeline/snapshot_folder.h"
#include "timeline/timeline_build.h"

namespace kokemus::backup {
namespace {

namespace fs = std::filesystem;
using encounter::CustomerName;
using ledger::TestFolder;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int encounters = 4000;

void flip_byte(const fs::path& file, std::uintmax_t at) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(at));
    const char was = static_cast<char>(stream.get());
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put(static_cast<char>(was ^ 0x10));
    ASSERT_TRUE(stream.good());
}

class Verify : public TestFolders {
protected:
    fs::path database() const { return data() / "ledger" / "encounters.duckdb"; }

    /// A data folder with a snapshot, and a backup of it.
    void SetUp() override {
        ASSERT_NO_FATAL_FAILURE(TestFolders::SetUp());
        auto ledger = ledger::Ledger::open(data());
        ASSERT_TRUE(ledger);
        ASSERT_TRUE((*ledger)->append(batch(0, encounters)));
        const encounter::Customer silent{CustomerName("who never came"), {{"plan", "gold"}}};
        ASSERT_TRUE((*ledger)->put_customers(std::span(&silent, 1)));
        const auto blueprint = std::make_shared<const blueprint::Blueprint>(
            blueprint::read_blueprint(*read_file(data() / "blueprint.toml", 1000)).blueprint);
        const auto built = timeline::build_timeline(**ledger, blueprint);
        ASSERT_TRUE(built);
        ASSERT_TRUE(timeline::SnapshotFolder(data() / "timeline")
                        .save(*built->timeline, **ledger, built->standing));
        ASSERT_TRUE(make_backup({**ledger, data(), "1"}, backup(), SystemClock()));
    }

    /// What is damaged in a copy of the folder that something was done to.
    template <typename Change>
    std::vector<std::string> damage_after(const fs::path& folder, Change change) const {
        const fs::path copy = area().path() / "copy";
        fs::remove_all(copy);
        fs::copy(folder, copy, fs::copy_options::recursive);
        change(copy);
        const auto found = verify(copy);
        if (!found) {
            return {"FAULT " + found.error().message};
        }
        return found->damage;
    }
};

TEST_F(Verify, ASoundFolderAndABackupOfItHoldTheSame) {
    std::vector<std::string> said;
    const auto found = verify(data(), [&](std::string_view what) { said.emplace_back(what); });
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_THAT(found->damage, IsEmpty());
    EXPECT_THAT(found->remarks, IsEmpty());
    EXPECT_EQ(found->kind, Verified::Kind::Data);
    EXPECT_EQ(found->timeline_encounters, encounters);
    EXPECT_THAT(said, testing::Contains(HasSubstr("encounter.text")));
    EXPECT_THAT(said, testing::Contains(HasSubstr("100 %")));
    const auto copy = verify(backup());
    ASSERT_TRUE(copy) << copy.error().message;
    EXPECT_THAT(copy->damage, IsEmpty());
    EXPECT_EQ(copy->kind, Verified::Kind::Backup);
    for (const auto& one : {*found, *copy}) {
        EXPECT_EQ(one.ledger.encounters, encounters);
        EXPECT_EQ(one.ledger.customers, 98);
        EXPECT_EQ(one.ledger.last_number, encounters);
        EXPECT_EQ(one.ledger.id, found->ledger.id);
        EXPECT_GT(one.bytes, 100'000);
    }
}

TEST_F(Verify, ChangesNothing) {
    const auto sums = [](const fs::path& folder) {
        std::vector<std::string> out;
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            if (entry.is_regular_file() && entry.path().filename() != "LOCK") {
                out.push_back(entry.path().string() + " " + sum_of_file(entry.path())->hash.hex());
            }
        }
        std::sort(out.begin(), out.end());
        return out;
    };
    const auto before = sums(area().path());
    ASSERT_TRUE(verify(data()));
    ASSERT_TRUE(verify(backup()));
    EXPECT_EQ(sums(area().path()), before);
}

/// A place that DuckDB does not use is no damage; then all else must be as it was.
TEST_F(Verify, FindsFlippedBytesInTheLedger) {
    const auto size = fs::file_size(database());
    constexpr std::uintmax_t places = 16;
    int found = 0;
    for (std::uintmax_t place = 0; place < places; ++place) {
        const auto at = size / places * place + 11;
        const auto damage = damage_after(data(), [&](const fs::path& copy) {
            flip_byte(copy / "ledger" / "encounters.duckdb", at);
        });
        found += damage.empty() ? 0 : 1;
        for (const std::string& one : damage) {
            EXPECT_THAT(one, HasSubstr("the ledger")) << at;
            EXPECT_THAT(one, HasSubstr("damaged")) << at;
        }
    }
    EXPECT_GT(found, 2);
}

TEST_F(Verify, FindsEveryFlippedByteInABackup) {
    for (const auto& entry : fs::directory_iterator(backup())) {
        const std::string name = entry.path().filename().string();
        const auto size = fs::file_size(entry.path());
        for (std::uintmax_t place = 0; place < 10; ++place) {
            const auto at = (size - 1) * place / 9;
            const auto damage =
                damage_after(backup(), [&](const fs::path& copy) { flip_byte(copy / name, at); });
            EXPECT_EQ(damage.size(), 1) << name << " " << at;
            EXPECT_THAT(damage.at(0), HasSubstr(name));
        }
    }
}

TEST_F(Verify, FindsEveryFlippedByteInTheSnapshot) {
    for (const auto& entry : fs::directory_iterator(data() / "timeline")) {
        const std::string name = entry.path().filename().string();
        const auto size = fs::file_size(entry.path());
        for (std::uintmax_t place = 0; place < 5; ++place) {
            const auto at = (size - 1) * place / 4;
            const auto damage = damage_after(data(), [&](const fs::path& copy) {
                fs::permissions(copy / "timeline" / name, fs::perms::owner_all);
                flip_byte(copy / "timeline" / name, at);
            });
            ASSERT_EQ(damage.size(), 1) << name << " " << at;
            EXPECT_THAT(damage.at(0), HasSubstr("the snapshot of the timeline")) << at;
        }
    }
}

TEST_F(Verify, FindsWhatIsMissingOrCut) {
    const auto without = [&](const fs::path& folder, const char* name) {
        return damage_after(folder, [&](const fs::path& copy) { fs::remove(copy / name); });
    };
    EXPECT_THAT(without(backup(), "manifest.json"), testing::ElementsAre(HasSubstr("no backup")));
    EXPECT_THAT(without(backup(), "blueprint.toml"), testing::ElementsAre(HasSubstr("is missing")));
    EXPECT_THAT(without(data(), "timeline/part-000001.columns"),
                testing::ElementsAre(HasSubstr("is missing")));
    EXPECT_THAT(damage_after(data(),
                             [](const fs::path& copy) {
                                 fs::resize_file(copy / "ledger" / "encounters.duckdb", 20'000);
                             }),
                testing::ElementsAre(HasSubstr("the ledger")));
    EXPECT_THAT(damage_after(data(),
                             [](const fs::path& copy) {
                                 ASSERT_TRUE(write_file(copy / "blueprint.toml", "name = "));
                             }),
                testing::ElementsAre(HasSubstr("blueprint.toml")));
}

TEST_F(Verify, ASnapshotThatIsNotOfTheLedgerIsFound) {
    // The same ledger by its id, and another by what it holds.
    const auto damage = damage_after(data(), [&](const fs::path& copy) {
        const TestFolder other;
        auto ledger = ledger::Ledger::open(other.path());
        auto changed = batch(0, encounters);
        changed[5].touchpoint = "another";
        ASSERT_TRUE((*ledger)->append(changed));
        const auto built = timeline::build_timeline(
            **ledger,
            std::make_shared<const blueprint::Blueprint>(
                blueprint::read_blueprint(*read_file(data() / "blueprint.toml", 1000)).blueprint));
        auto mine = ledger::Ledger::open(copy);
        ASSERT_TRUE(timeline::SnapshotFolder(copy / "timeline")
                        .save(*built->timeline,
                              **mine,
                              {built->standing.last_number, (*mine)->last_customer_change(), 0}));
    });
    EXPECT_THAT(damage, testing::ElementsAre(HasSubstr("are not those of the ledger")));
}

TEST_F(Verify, WhatIsInUseOrNothingIsAFault) {
    const auto nothing = verify(area().path());
    ASSERT_FALSE(nothing);
    EXPECT_EQ(nothing.error().code, ErrorCode::NotFound);
    const auto ledger = ledger::Ledger::open(data());
    const auto in_use = verify(data());
    ASSERT_FALSE(in_use);
    EXPECT_EQ(in_use.error().code, ErrorCode::Conflict);
}

/// A log that was not folded in is part of the ledger.
TEST_F(Verify, ReadsTheLogToo) {
    const fs::path copy = area().path() / "killed";
    {
        const auto ledger = ledger::Ledger::open(data());
        ASSERT_TRUE((*ledger)->append(batch(encounters, encounters)));
        fs::copy(data(), copy, fs::copy_options::recursive);
    }
    const fs::path log = copy / "ledger" / "encounters.duckdb.wal";
    ASSERT_GT(fs::file_size(log), 100'000) << "the log was folded in: nothing is tested";
    const auto whole = verify(copy);
    ASSERT_TRUE(whole) << whole.error().message;
    EXPECT_EQ(whole->ledger.encounters, 2 * encounters);
    EXPECT_EQ(whole->timeline_encounters, encounters) << "up to where the snapshot goes";
}

}  // namespace
}  // namespace kokemus::backup
