#include "timeline/snapshot_folder.h"

#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "base/random.h"
#include "ledger/ledger_test_folder.h"
#include "timeline/timeline_build.h"
#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::vector<encounter::Encounter> random_encounters(std::uint64_t seed, std::size_t count) {
    Random random(seed);
    std::vector<encounter::Encounter> encounters(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto& one = encounters[i];
        const auto name = [&](const char* prefix, std::uint64_t of) {
            return prefix + std::to_string(random.below(of));
        };
        one.id = encounter::EncounterId(std::to_string(seed) + "." + std::to_string(i));
        one.customer = encounter::CustomerName(name("c", 20));
        one.time = tiny::at(static_cast<std::int64_t>(random.below(500)));
        one.touchpoint = random.chance(0.5) ? name("t", 5) : "call";
        one.channel = random.chance(0.5) ? name("ch", 3) : "";
        one.thread = encounter::ThreadName(random.chance(0.5) ? name("order ", 40) : "");
        if (random.chance(0.4)) {
            one.score = static_cast<double>(random.below(11));
            one.scale = "nps";
            one.value = static_cast<double>(random.below(1000)) / 100;
            one.duration_seconds = 1.0 / 3;
            one.due["delivery"] = tiny::at(static_cast<std::int64_t>(random.below(600)));
        }
        one.properties = R"({"plan":")" + name("p", 5) + "\"}";
    }
    return encounters;
}

blueprint::Blueprint rich_blueprint() {
    auto blueprint = tiny::four_channels();
    blueprint.dimensions = {{"plan", blueprint::DimensionSource::Properties, "plan"},
                            {"segment", blueprint::DimensionSource::Traits, "segment"}};
    blueprint::Promise promise;
    promise.name = "delivery";
    promise.kept = {"t1", "t2"};
    blueprint.promises = {promise};
    return blueprint;
}

class Snapshot : public ::testing::Test {
protected:
    void SetUp() override {
        ledger = folder.open();
        append(1, 120);
        const std::vector<encounter::Customer> customers = {
            {encounter::CustomerName("c3"), {{"segment", "gold"}}}};
        ASSERT_TRUE(ledger->put_customers(customers));
        save();
    }

    void append(std::uint64_t seed, std::size_t count) {
        ASSERT_TRUE(ledger->append(random_encounters(seed, count)));
    }

    std::shared_ptr<const Timeline> build() const {
        auto built = build_timeline(*ledger, blueprint);
        EXPECT_TRUE(built);
        return built->timeline;
    }

    Standing standing() const {
        return Standing{*ledger->last_number(),
                        ledger->last_customer_change(),
                        ledger->last_assertion(),
                        ledger->last_erasure()};
    }

    void save() {
        timeline = build();
        SnapshotFolder snapshot(place());
        const Status saved = snapshot.save(*timeline, *ledger, standing());
        ASSERT_TRUE(saved) << saved.error().message;
    }

    fs::path place() const { return folder.path() / "timeline"; }
    fs::path head() const { return place() / "head.columns"; }
    fs::path part() const { return place() / "part-000001.columns"; }

    Result<Restored> load() const { return SnapshotFolder(place()).load(*ledger, blueprint); }

    Error refusal() const {
        const auto loaded = load();
        EXPECT_FALSE(loaded);
        return loaded ? Error{} : loaded.error();
    }

    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(place()), fs::directory_iterator()));
    }

    ledger::TestFolder folder;
    std::unique_ptr<ledger::Ledger> ledger;
    std::shared_ptr<const blueprint::Blueprint> blueprint =
        std::make_shared<const blueprint::Blueprint>(rich_blueprint());
    std::shared_ptr<const Timeline> timeline;
};

std::string bytes_of(const fs::path& path) {
    return *read_file(path, 64U << 20U);
}

/// In place, though the file is read-only: as a failing disk does it.
void overwrite(const fs::path& path, const std::string& bytes) {
    fs::remove(path);
    std::ofstream(path, std::ios::binary) << bytes;
}

TEST_F(Snapshot, GivesTheColumnsBackAsTheyWere) {
    const auto loaded = load();
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_TRUE(loaded->timeline->same_columns(*timeline));
    EXPECT_EQ(loaded->timeline->rows(), timeline->rows());
    EXPECT_EQ(loaded->standing, standing());
    EXPECT_EQ(loaded->timeline->bytes(), timeline->bytes());
    const Part& loaded_part = loaded->timeline->parts[0];
    EXPECT_EQ(loaded_part.promises.empty(), false);
    EXPECT_EQ(loaded_part.dimensions[1].texts.text(
                  loaded_part.dimension[1][*loaded_part.customers.find("c3")]),
              "gold");
}

TEST_F(Snapshot, OfNothingCanBeKeptToo) {
    const ledger::TestFolder empty;
    const auto nothing = empty.open();
    SnapshotFolder snapshot(empty.path() / "timeline");
    const auto built = build_timeline(*nothing, blueprint);
    ASSERT_TRUE(snapshot.save(*built->timeline, *nothing, Standing{}));
    const auto loaded = snapshot.load(*nothing, blueprint);
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_TRUE(loaded->timeline->same_columns(*built->timeline));
    EXPECT_TRUE((*snapshot.facts())->encounters == 0);
}

TEST_F(Snapshot, StaysWhereItIsWhileItsFilesAreReplaced) {
    const auto loaded = load();
    ASSERT_TRUE(loaded);
    ASSERT_TRUE(SnapshotFolder(place()).discard());
    EXPECT_FALSE(fs::exists(part()));
    EXPECT_TRUE(loaded->timeline->same_columns(*timeline));
    EXPECT_EQ(refusal().code, ErrorCode::NotFound);
}

TEST_F(Snapshot, ThatIsNotThereIsNotFoundAndSaysSo) {
    EXPECT_EQ(SnapshotFolder(folder.path() / "none").load(*ledger, blueprint).error().code,
              ErrorCode::NotFound);
    EXPECT_FALSE(*SnapshotFolder(folder.path() / "none").facts());
    EXPECT_TRUE(SnapshotFolder(folder.path() / "none").discard());
}

TEST_F(Snapshot, WritesOnlyPartsThatAreNotOnDiskAndRemovesWhatServesNoMore) {
    SnapshotFolder snapshot(place());
    auto loaded = snapshot.load(*ledger, blueprint);
    ASSERT_TRUE(loaded);
    EXPECT_EQ(snapshot.bytes_to_write(*loaded->timeline), 0U);
    EXPECT_GT(snapshot.bytes_to_write(*timeline), 1000U);
    overwrite(place() / "part-000007.columns", "left behind by a kill");

    // A customer moves to a part of its own, which is the first part of another timeline.
    const Timeline& whole = *loaded->timeline;
    auto parts = whole.parts;
    RowSetBuilder gone(parts[0].customer_count());
    gone.insert(1);
    parts[0].gone = gone.seal();
    tiny::Ledger other;
    other.add("c1", 5, "t1");
    parts.push_back(other.build(*blueprint)->parts[0]);
    const auto moved =
        make_timeline(whole, TimeBounds{whole.first_time, whole.latest_time}, std::move(parts));
    const auto before = fs::last_write_time(part());
    ASSERT_TRUE(snapshot.save(*moved, *ledger, Standing{1, 0, 0, 0}));
    EXPECT_EQ(fs::last_write_time(part()), before) << "the first part is as it was";
    EXPECT_TRUE(fs::exists(place() / "part-000008.columns"));
    EXPECT_EQ(files(), 3U);

    auto again = SnapshotFolder(place()).load(*ledger, blueprint);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_TRUE(again->timeline->same_columns(*moved));
    EXPECT_TRUE(again->timeline->parts[0].is_gone(1));

    ASSERT_TRUE(snapshot.save(*timeline, *ledger, standing()));
    EXPECT_EQ(files(), 2U);
}

TEST_F(Snapshot, OfALedgerThatWentOnIsTakenAndSaysHowFarItGoes) {
    const Standing before = standing();
    append(2, 30);
    const auto loaded = load();
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->standing, before);
    EXPECT_EQ(loaded->standing.last_number, 120U);
}

TEST_F(Snapshot, OfAnotherLedgerIsForeign) {
    const ledger::TestFolder elsewhere;
    auto other = elsewhere.open();
    ASSERT_TRUE(other->append(random_encounters(1, 120)));
    const auto loaded = SnapshotFolder(place()).load(*other, blueprint);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, ErrorCode::Conflict);
    EXPECT_THAT(loaded.error().message, HasSubstr("another ledger"));
}

TEST_F(Snapshot, AheadOfARestoredLedgerIsForeignAlsoWhenThatWasWrittenOn) {
    ledger.reset();
    const ledger::TestFolder backup;
    fs::copy(folder.path(), backup.path(), fs::copy_options::recursive);
    ledger = folder.open();
    append(2, 30);
    save();
    ledger = backup.open();
    EXPECT_THAT(refusal().message, HasSubstr("up to number 150 but the ledger ends at 120"));
    append(3, 29);
    EXPECT_THAT(refusal().message, HasSubstr("as after a restore"));
    append(4, 20);
    EXPECT_THAT(refusal().message, HasSubstr("are not those it holds"));
}

TEST_F(Snapshot, OfAnotherBlueprintIsForeign) {
    auto other = rich_blueprint();
    other.promises[0].kept = {"t1"};
    blueprint = std::make_shared<const blueprint::Blueprint>(other);
    EXPECT_EQ(refusal().code, ErrorCode::Conflict);
    EXPECT_THAT(refusal().message, HasSubstr("another blueprint"));
}

TEST_F(Snapshot, TakesWhatIsLookedUpFromTheBlueprintOfToday) {
    auto other = rich_blueprint();
    other.touchpoints[0].stage = "another stage";
    other.time_zone = "Europe/Helsinki";
    blueprint = std::make_shared<const blueprint::Blueprint>(other);
    const auto loaded = load();
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_TRUE(loaded->timeline->same_columns(*build()));
    EXPECT_EQ(loaded->timeline->blueprint->time_zone, "Europe/Helsinki");
}

TEST_F(Snapshot, WithoutAPartOrWithThatOfAnotherIsDamaged) {
    const std::string kept = bytes_of(part());
    fs::remove(part());
    EXPECT_EQ(refusal().code, ErrorCode::Corrupt);
    EXPECT_THAT(refusal().message, HasSubstr("is missing"));
    overwrite(part(), kept);
    EXPECT_TRUE(load());
    const std::string old_head = bytes_of(head());
    save();
    overwrite(head(), old_head);
    EXPECT_THAT(refusal().message, HasSubstr("is missing"));
    fs::rename(place() / "part-000002.columns", part());
    EXPECT_THAT(refusal().message, HasSubstr("not the file that the head names"));
    overwrite(part(), bytes_of(head()));
    EXPECT_THAT(refusal().message, HasSubstr("another kind"));
}

TEST_F(Snapshot, IsWrittenReadOnlyAndNeverOverAnOldPart) {
    struct stat status {};
    ASSERT_EQ(::stat(part().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0222U, 0U);
    save();
    EXPECT_FALSE(fs::exists(part()));
    EXPECT_TRUE(fs::exists(place() / "part-000002.columns"));
    EXPECT_EQ(files(), 2U);
}

TEST_F(Snapshot, ThatCannotBeWrittenLeavesTheFormerOne) {
    append(2, 10);
    const auto newer = build();
    SnapshotFolder snapshot(place());
    // A folder stands where the head is to be moved to.
    const std::string kept = bytes_of(head());
    fs::remove(head());
    fs::create_directories(head() / "in the way");
    const Status refused = snapshot.save(*newer, *ledger, standing());
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("head.columns"));
    fs::remove_all(head());
    overwrite(head(), kept);
    const auto loaded = load();
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_TRUE(loaded->timeline->same_columns(*timeline));
    ASSERT_TRUE(snapshot.save(*newer, *ledger, standing())) << "and it can be tried again";
    EXPECT_TRUE(load()->timeline->same_columns(*newer));
}

/// The bytes of both files, to be damaged.
class SnapshotDamage : public Snapshot {
protected:
    void SetUp() override {
        Snapshot::SetUp();
        for (const auto& path : {head(), part()}) {
            files_.emplace_back(path, bytes_of(path));
        }
    }

    /// Whether a snapshot with this file is noticed as damaged or foreign.
    bool is_noticed(const fs::path& path, const std::string& bytes) const {
        overwrite(path, bytes);
        const auto loaded = load();
        if (!loaded) {
            EXPECT_FALSE(loaded.error().message.empty());
            EXPECT_NE(loaded.error().code, ErrorCode::NotFound);
            EXPECT_NE(loaded.error().code, ErrorCode::Internal);
        }
        return !loaded;
    }

    std::vector<std::pair<fs::path, std::string>> files_;
};

TEST_F(SnapshotDamage, OfAnySingleByteIsNoticed) {
    Random random(11);
    for (const auto& [path, bytes] : files_) {
        // Some of them; those of column_file_test are all.
        for (std::size_t place = 0; place < bytes.size(); place += 1 + random.below(250)) {
            std::string damaged = bytes;
            damaged[place] = static_cast<char>(damaged[place] ^ (1 << random.below(8)));
            EXPECT_TRUE(is_noticed(path, damaged)) << path << " at " << place;
        }
        overwrite(path, bytes);
        ASSERT_TRUE(load());
    }
}

TEST_F(SnapshotDamage, OfAnyLengthIsNoticed) {
    Random random(12);
    for (const auto& [path, bytes] : files_) {
        for (std::size_t size = 0; size < bytes.size(); size += 1 + random.below(2000)) {
            EXPECT_TRUE(is_noticed(path, bytes.substr(0, size))) << path << " of " << size;
        }
        EXPECT_TRUE(is_noticed(path, bytes.substr(0, bytes.size() - 1)));
        EXPECT_TRUE(is_noticed(path, bytes + '\0'));
        EXPECT_TRUE(is_noticed(path, bytes + bytes));
        overwrite(path, bytes);
        ASSERT_TRUE(load());
    }
}

TEST_F(SnapshotDamage, ByAnotherVersionIsSaidAsSuch) {
    for (const auto& [path, bytes] : files_) {
        std::string newer = bytes;
        newer[12] = static_cast<char>(column_file_version + 1);
        overwrite(path, newer);
        EXPECT_EQ(refusal().code, ErrorCode::Conflict);
        EXPECT_THAT(refusal().message, HasSubstr("a newer kokemus"));
        std::string older = bytes;
        older[12] = 0;
        overwrite(path, older);
        EXPECT_THAT(refusal().message, HasSubstr("an older kokemus"));
        std::string turned = bytes;
        std::swap(turned[8], turned[11]);
        std::swap(turned[9], turned[10]);
        overwrite(path, turned);
        EXPECT_THAT(refusal().message, HasSubstr("another order of bytes"));
        overwrite(path,
                  "this is no snapshot, but long enough to hold a header of ninety-six bytes"
                  " and then some more of it");
        EXPECT_THAT(refusal().message, HasSubstr("does not begin as"));
        overwrite(path, bytes);
    }
}

}  // namespace
}  // namespace kokemus::timeline
