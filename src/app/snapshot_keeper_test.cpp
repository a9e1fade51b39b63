#include "app/snapshot_keeper.h"

#include <fstream>

#include <gtest/gtest.h>

#include "ledger/erasing.h"
#include "ledger/ledger_test_folder.h"
#include "timeline/ledger_comparison.h"
#include "timeline/live_timeline.h"
#include "timeline/timeline_build.h"

namespace kokemus::app {
namespace {

namespace fs = std::filesystem;

class Keeping : public ::testing::Test {
protected:
    void SetUp() override {
        ledger = folder.open();
        append(200);
    }

    void append(std::size_t count) {
        std::vector<encounter::Encounter> encounters(count);
        for (auto& one : encounters) {
            ++appended;
            one.id = encounter::EncounterId(std::to_string(appended));
            one.customer = encounter::CustomerName("c" + std::to_string(appended % 17));
            one.touchpoint = "t" + std::to_string(appended % 5);
            one.time = Instant(Milliseconds(appended % 90));
        }
        ASSERT_TRUE(ledger->append(encounters));
    }

    std::shared_ptr<const timeline::Timeline> build() const {
        return timeline::build_timeline(*ledger, blueprint)->timeline;
    }

    timeline::Standing standing() const {
        return {*ledger->last_number(),
                ledger->last_customer_change(),
                ledger->last_assertion(),
                ledger->last_erasure()};
    }

    std::unique_ptr<SnapshotKeeper> keeper(
        SnapshotKeeper::Mode mode = SnapshotKeeper::Mode::Keep) const {
        return std::make_unique<SnapshotKeeper>(
            folder.path(), *ledger, SnapshotKeeper::Options{mode, 100});
    }

    fs::path head() const { return folder.path() / "timeline" / "head.columns"; }

    ledger::TestFolder folder;
    std::unique_ptr<ledger::Ledger> ledger;
    std::shared_ptr<const blueprint::Blueprint> blueprint =
        std::make_shared<const blueprint::Blueprint>();
    std::size_t appended = 0;
};

TEST_F(Keeping, WritesWhatWasOfferedAndGivesItBack) {
    EXPECT_FALSE(keeper()->restore(blueprint));
    const auto offered = build();
    keeper()->offer(offered, standing());
    const auto restored = keeper()->restore(blueprint);
    ASSERT_TRUE(restored);
    EXPECT_EQ(restored->standing, standing());
    EXPECT_TRUE(restored->timeline->same_columns(*offered));
}

TEST_F(Keeping, LetsTheTimelineGoOnFromTheSnapshotAsIfItHadBeenBuilt) {
    keeper()->offer(build(), standing());
    append(150);
    const auto restored = keeper()->restore(blueprint);
    ASSERT_TRUE(restored);
    timeline::LiveTimeline live(restored->timeline, timeline::reads_numbers_of(*ledger));
    const auto taken = live.take([&](timeline::PartBuilder& builder) -> Status {
        return ledger->scan_since(restored->standing.last_number,
                                  [&](std::span<const ledger::Entry> entries) -> Status {
                                      for (const auto& entry : entries) {
                                          TRY(builder.add(entry));
                                      }
                                      return {};
                                  });
    });
    ASSERT_TRUE(taken) << taken.error().message;
    const Status equal = timeline::compare_with_ledger(**taken, *ledger, standing());
    EXPECT_TRUE(equal) << equal.error().message;
    keeper()->offer(*taken, standing());
    const auto again = keeper()->restore(blueprint);
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->timeline->same_columns(**taken));
}

TEST_F(Keeping, LeavesSmallTimelinesAndSmallNewsAlone) {
    const auto whole = build();
    {
        SnapshotKeeper strict(folder.path(), *ledger, {SnapshotKeeper::Mode::Keep, 201});
        strict.offer(whole, standing());
    }
    EXPECT_FALSE(fs::exists(head()));
    const auto running = keeper();
    running->offer(whole, standing());
    while (!fs::exists(head())) {
        std::this_thread::yield();
    }
    const auto written = fs::last_write_time(head());
    append(99);
    running->offer(build(), standing());
    EXPECT_EQ(fs::last_write_time(head()), written);
}

TEST_F(Keeping, WritesTheLastNewsWhenItEndsIfTheyAreQuicklyWritten) {
    keeper()->offer(build(), standing());
    append(1);
    auto last = keeper();
    ASSERT_TRUE(last->restore(blueprint));
    last->offer(build(), standing());
    last.reset();
    EXPECT_EQ(keeper()->restore(blueprint)->standing.last_number, 201U);
}

TEST_F(Keeping, RemovesASnapshotThatIsDamaged) {
    keeper()->offer(build(), standing());
    const auto part = head().parent_path() / "part-000001.columns";
    ASSERT_TRUE(fs::exists(part));
    fs::remove(part);
    std::ofstream(part) << "damaged";
    EXPECT_FALSE(keeper()->restore(blueprint));
    EXPECT_FALSE(fs::exists(head()));
    EXPECT_FALSE(fs::exists(part));
}

TEST_F(Keeping, LeavesTheSnapshotOfTheOwnBlueprintToItself) {
    keeper()->offer(build(), standing());
    auto other = std::make_shared<blueprint::Blueprint>();
    other->dimensions = {{"plan", blueprint::DimensionSource::Properties, "plan"}};
    const auto own = std::exchange(blueprint, other);
    {
        const auto reader = keeper(SnapshotKeeper::Mode::ReadOnly);
        EXPECT_FALSE(reader->restore(blueprint));
        reader->offer(build(), standing());
    }
    EXPECT_TRUE(keeper()->restore(own));
    EXPECT_FALSE(keeper()->restore(blueprint));
}

/// Whatever came after it: nothing but the number of the erasure tells the two apart.
TEST_F(Keeping, ASnapshotOfBeforeAnErasureIsNeitherReadNorWrittenNorLeft) {
    keeper()->offer(build(), standing());
    const auto of_before = build();
    const auto before = standing();
    ASSERT_TRUE(ledger::erasing_of(*ledger).erase(
        {{encounter::CustomerName("c3")}, "somebody", "a test", Instant{}}));
    append(1);
    ASSERT_TRUE(fs::exists(head()));
    EXPECT_FALSE(keeper()->restore(blueprint));
    EXPECT_FALSE(fs::exists(head())) << "it still holds who was erased";
    keeper()->offer(of_before, before);
    EXPECT_FALSE(fs::exists(head())) << "it was begun before the erasure and ended after it";
    keeper()->offer(build(), standing());
    EXPECT_TRUE(keeper()->restore(blueprint));
}

TEST_F(Keeping, KeepsNothingOfWhatWasThereBeforeItIsDiscarded) {
    auto running = keeper();
    running->offer(build(), standing());
    ASSERT_TRUE(running->discard());
    running.reset();
    EXPECT_FALSE(fs::exists(head()));
    EXPECT_FALSE(keeper()->restore(blueprint));
}

}  // namespace
}  // namespace kokemus::app
