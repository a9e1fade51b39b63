#include "timeline/live_timeline.h"

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

#include <gtest/gtest.h>

#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using encounter::CustomerName;
using tiny::Ledger;

LiveTimeline::Feed feed_of(const std::vector<ledger::Entry>& entries,
                           const std::vector<encounter::Customer>& customers = {}) {
    return [&entries, &customers](PartBuilder& builder) -> Status {
        for (const auto& entry : entries) {
            TRY(builder.add(entry));
        }
        for (const auto& customer : customers) {
            builder.add_customer(customer);
        }
        return {};
    };
}

Status nothing(PartBuilder& /*builder*/) {
    return {};
}

/// Two customers with two encounters each; trait and property declared.
class LiveTimelineTest : public ::testing::Test {
protected:
    LiveTimelineTest() {
        blueprint.dimensions = {{"segment", blueprint::DimensionSource::Traits, "segment"}};
        start.add("anna", 0, "x");
        start.add("anna", 10, "y");
        start.add("ben", 5, "x");
        start.add("ben", 20, "z");
        start.customers = {{CustomerName("anna"), {{"segment", "new"}}}};
        live.emplace(start.build(blueprint), start.reads());
    }

    std::shared_ptr<const Timeline> present() const { return live->present(); }

    /// The row numbers of a customer in their order.
    static std::vector<std::uint64_t> numbers_of(const Timeline& timeline,
                                                 std::string_view customer) {
        std::vector<std::uint64_t> numbers;
        if (const auto place = timeline.find_customer(customer)) {
            const Part& part = *place->part;
            for (Row row = part.customer_offsets[place->customer];
                 row < part.customer_offsets[place->customer + 1];
                 ++row) {
                numbers.push_back(part.number_of(row));
            }
        }
        return numbers;
    }

    /// In how many parts the name still stands, alive or gone.
    static std::size_t traces_of(const Timeline& timeline, std::string_view customer) {
        std::size_t traces = 0;
        for (const Part& part : timeline.parts) {
            traces += part.customers.find(customer) ? 1 : 0;
        }
        return traces;
    }

    void merge_all() {
        for (auto merged = live->merge_some(); merged && *merged; merged = live->merge_some()) {
        }
    }

    blueprint::Blueprint blueprint;
    Ledger start;
    std::optional<LiveTimeline> live;
};

using Numbers = std::vector<std::uint64_t>;

TEST_F(LiveTimelineTest, WithoutNewsStaysTheOneItIs) {
    const auto before = present();
    const auto taken = live->take(nothing);
    ASSERT_TRUE(taken);
    EXPECT_EQ(*taken, before);
    const auto known = live->take(feed_of({}, start.customers));
    ASSERT_TRUE(known);
    EXPECT_EQ(*known, before) << "traits that are those it has";
    const auto merged = live->merge_some();
    ASSERT_TRUE(merged);
    EXPECT_FALSE(*merged);
    EXPECT_EQ(present(), before);
}

TEST_F(LiveTimelineTest, TakesNewsAndLeavesWhatOthersHoldAsItWas) {
    const auto before = present();
    Ledger news;
    news.entries = start.entries;
    news.add("anna", 7, "late");
    news.add("carl", 30, "x");
    const std::vector<ledger::Entry> fresh(news.entries.begin() + 4, news.entries.end());
    const auto taken = live->take(feed_of(fresh));
    ASSERT_TRUE(taken);
    EXPECT_EQ(*taken, present());
    EXPECT_EQ(numbers_of(**taken, "anna"), (Numbers{1, 5, 2}));
    EXPECT_EQ(numbers_of(**taken, "ben"), (Numbers{3, 4}));
    EXPECT_EQ(numbers_of(**taken, "carl"), (Numbers{6}));
    EXPECT_EQ((*taken)->rows(), 6U);
    EXPECT_EQ(to_instant((*taken)->latest_time), tiny::at(30));
    EXPECT_EQ(before->rows(), 4U);
    EXPECT_EQ(numbers_of(*before, "anna"), (Numbers{1, 2}));
    EXPECT_EQ(numbers_of(*before, "carl"), (Numbers{}));
}

TEST_F(LiveTimelineTest, ATraitThatChangedMovesItsCustomerWithAllRows) {
    const std::vector<encounter::Customer> changed = {{CustomerName("anna"), {{"segment", "old"}}},
                                                      {CustomerName("dora"), {{"segment", "old"}}}};
    const auto taken = live->take(feed_of({}, changed));
    ASSERT_TRUE(taken);
    const auto place = (*taken)->find_customer("anna");
    ASSERT_TRUE(place);
    EXPECT_EQ(place->part->dimensions[0].texts.text(place->part->dimension[0][place->customer]),
              "old");
    EXPECT_EQ(numbers_of(**taken, "anna"), (Numbers{1, 2}));
    EXPECT_EQ((*taken)->rows(), 4U);
    const auto without_rows = (*taken)->find_customer("dora");
    EXPECT_TRUE(without_rows);
}

TEST_F(LiveTimelineTest, AFeedThatFailsChangesNothing) {
    const auto before = present();
    const auto fail = [&](PartBuilder& builder) -> Status {
        TRY(builder.add(start.entries.front()));
        return Error{ErrorCode::Unavailable, "the disk is gone"};
    };
    const auto taken = live->take(fail);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().message, "the disk is gone");
    const std::vector<CustomerName> names = {CustomerName("anna")};
    EXPECT_FALSE(live->replace(names, fail));
    EXPECT_EQ(present(), before);
    EXPECT_EQ(numbers_of(*present(), "anna"), (Numbers{1, 2}));
}

TEST_F(LiveTimelineTest, ALedgerThatCannotBeAskedForTiesChangesNothing) {
    LiveTimeline blind(start.build(blueprint), [](const auto&, const auto&) -> Status {
        return Error{ErrorCode::Unavailable, "the ledger cannot be read"};
    });
    const auto before = blind.present();
    Ledger news;
    news.entries = start.entries;
    news.add("anna", 10, "at the same time");
    const std::vector<ledger::Entry> fresh(news.entries.begin() + 4, news.entries.end());
    EXPECT_FALSE(blind.take(feed_of(fresh)));
    EXPECT_EQ(blind.present(), before);
}

TEST_F(LiveTimelineTest, ReplacingMovesRowsToAnotherCustomerAndBack) {
    const std::vector<CustomerName> both = {CustomerName("anna"), CustomerName("ben")};
    auto stitched = start.entries;
    for (auto& entry : stitched) {
        entry.encounter.customer = CustomerName("anna");
    }
    const auto one = live->replace(both, feed_of(stitched, start.customers));
    ASSERT_TRUE(one);
    EXPECT_EQ(numbers_of(**one, "anna"), (Numbers{1, 3, 2, 4}));
    EXPECT_FALSE((*one)->find_customer("ben"));
    EXPECT_EQ((*one)->rows(), 4U);
    const auto two = live->replace(both, feed_of(start.entries, start.customers));
    ASSERT_TRUE(two);
    EXPECT_EQ(numbers_of(**two, "anna"), (Numbers{1, 2}));
    EXPECT_EQ(numbers_of(**two, "ben"), (Numbers{3, 4}));
    merge_all();
    EXPECT_EQ(numbers_of(*present(), "anna"), (Numbers{1, 2}));
    EXPECT_EQ(present()->rows(), 4U);
}

TEST_F(LiveTimelineTest, AnErasedCustomerLeavesNoRowNoNameAndNoTime) {
    const std::vector<CustomerName> ben = {CustomerName("ben")};
    const auto erased = live->replace(ben, nothing);
    ASSERT_TRUE(erased);
    EXPECT_FALSE((*erased)->find_customer("ben"));
    EXPECT_EQ(to_instant((*erased)->latest_time), tiny::at(10)) << "the latest was ben's";
    merge_all();
    EXPECT_EQ(traces_of(*present(), "ben"), 0U);
    const std::vector<CustomerName> anna = {CustomerName("anna")};
    ASSERT_TRUE(live->replace(anna, nothing));
    merge_all();
    EXPECT_EQ(present()->rows(), 0U);
    EXPECT_EQ(traces_of(*present(), "anna"), 0U);
}

TEST_F(LiveTimelineTest, WhoWasMovedBeforeTheErasureLeavesNoTraceEither) {
    Ledger news;
    news.entries = start.entries;
    news.add("ben", 30, "x");
    const std::vector<ledger::Entry> fresh(news.entries.begin() + 4, news.entries.end());
    ASSERT_TRUE(live->take(feed_of(fresh)));
    ASSERT_EQ(traces_of(*present(), "ben"), 2U) << "in a part of his own, and gone from the first";
    const std::vector<CustomerName> ben = {CustomerName("ben")};
    ASSERT_TRUE(live->replace(ben, nothing));
    merge_all();
    EXPECT_EQ(traces_of(*present(), "ben"), 0U);
    EXPECT_EQ(numbers_of(*present(), "anna").size(), 2U);
}

/// A ledger so large that its merge takes some milliseconds.
Ledger large_ledger() {
    Ledger ledger;
    for (int i = 0; i < 60'000; ++i) {
        ledger.add("customer " + std::to_string(i % 3000), i, "t" + std::to_string(i % 7));
    }
    return ledger;
}

/// Merges without a pause on a thread of its own, until told to end.
class Merging {
public:
    explicit Merging(LiveTimeline& live)
        : thread_([&live, this] {
              while (!ending_) {
                  failed_ = failed_ || !live.merge_some();
              }
          }) {}
    ~Merging() { end(); }
    Merging(const Merging&) = delete;
    Merging& operator=(const Merging&) = delete;

    void end() {
        ending_ = true;
        if (thread_.joinable()) {
            thread_.join();
        }
    }
    bool failed() const { return failed_; }

private:
    std::atomic<bool> ending_{false};
    std::atomic<bool> failed_{false};
    std::thread thread_;
};

/// The second erasure falls into the merge that the first has brought about.
TEST_F(LiveTimelineTest, NoTextOfAnErasedCustomerIsLeftAnywhere) {
    start.customers.push_back({CustomerName("ben"), {{"segment", "ben's own"}}});
    LiveTimeline lively(start.build(blueprint), start.reads());
    const auto texts = [&] {
        std::string all;
        const auto timeline = lively.present();
        for (const Dimension& dimension : timeline->dimensions) {
            for (Code code = 0; code < dimension.texts.size(); ++code) {
                all += dimension.texts.string(code) + "|";
            }
        }
        for (const Part& part : timeline->parts) {
            for (Code code = 0; code < part.customers.size(); ++code) {
                all += part.customers.string(code) + "|";
            }
        }
        return all;
    };
    EXPECT_NE(texts().find("ben's own"), std::string::npos);
    const std::vector<CustomerName> ben{CustomerName("ben")};
    ASSERT_TRUE(lively.replace(ben, nothing));
    EXPECT_NE(texts().find("ben's own"), std::string::npos) << "else the next lines prove nothing";
    ASSERT_TRUE(lively.leave_no_trace());
    EXPECT_EQ(texts().find("ben"), std::string::npos) << texts();
    EXPECT_NE(texts().find("new"), std::string::npos) << "that is anna's";
    EXPECT_EQ(lively.present()->unsound_column(), "");

    // The text may come again, with somebody else, and is found under its new code.
    const std::vector<encounter::Customer> carl{{CustomerName("carl"), {{"segment", "ben's own"}}}};
    const auto again = lively.take(feed_of({}, carl));
    ASSERT_TRUE(again);
    const auto code = (*again)->dimensions[0].texts.find("ben's own");
    ASSERT_TRUE(code);
    const auto place = (*again)->find_customer("carl");
    ASSERT_TRUE(place);
    EXPECT_EQ(place->part->dimension[0][place->customer], *code);
    EXPECT_EQ((*again)->dimensions[0].texts.find("new"),
              lively.present()->dimensions[0].texts.find("new"));
}

TEST_F(LiveTimelineTest, WhoIsErasedDuringAMergeIsWrittenOutByTheNext) {
    const Ledger ledger = large_ledger();
    LiveTimeline busy(ledger.build(), ledger.reads());
    for (int round = 0; round < 12; ++round) {
        const std::string first = "customer " + std::to_string(2 * round);
        const std::string second = "customer " + std::to_string(2 * round + 1);
        Merging merging(busy);
        ASSERT_TRUE(busy.replace(std::vector<CustomerName>{CustomerName(first)}, nothing));
        std::this_thread::sleep_for(std::chrono::microseconds(500 + 500 * round));
        ASSERT_TRUE(busy.replace(std::vector<CustomerName>{CustomerName(second)}, nothing));
        merging.end();
        EXPECT_FALSE(merging.failed());
        for (auto merged = busy.merge_some(); merged && *merged; merged = busy.merge_some()) {
        }
        EXPECT_EQ(traces_of(*busy.present(), first), 0U) << round;
        EXPECT_EQ(traces_of(*busy.present(), second), 0U) << round;
    }
}

/// Parts of nobody else are dropped at once; a merge that began before has them in its hands.
TEST_F(LiveTimelineTest, NoTraceIsLeftByAMergeThatBeganBeforeTheErasure) {
    constexpr int parts = 4;
    for (int round = 0; round < 8; ++round) {
        Ledger ledger;
        std::vector<CustomerName> erased;
        for (int part = 0; part < parts; ++part) {
            erased.emplace_back("lost " + std::to_string(part));
            for (int i = 0; i < 6'000; ++i) {
                ledger.add(erased.back().value(), i, "t" + std::to_string(i % 5));
            }
        }
        ledger.add("stays", 1, "t1");
        Ledger none;
        LiveTimeline busy(none.build(), ledger.reads());
        for (std::size_t from = 0; from < ledger.entries.size(); from += 6'000) {
            const std::size_t to = std::min(from + 6'000, ledger.entries.size());
            const std::vector<ledger::Entry> fresh(
                ledger.entries.begin() + static_cast<std::ptrdiff_t>(from),
                ledger.entries.begin() + static_cast<std::ptrdiff_t>(to));
            ASSERT_TRUE(busy.take(feed_of(fresh)));
        }
        Merging merging(busy);
        std::this_thread::sleep_for(std::chrono::microseconds(200 + 300 * round));
        ASSERT_TRUE(busy.replace(erased, nothing));
        ASSERT_TRUE(busy.leave_no_trace());
        const auto at_once = busy.present();
        merging.end();
        EXPECT_FALSE(merging.failed());
        for (const CustomerName& name : erased) {
            EXPECT_EQ(traces_of(*at_once, name.value()), 0U) << round;
            EXPECT_EQ(traces_of(*busy.present(), name.value()), 0U) << round;
        }
        EXPECT_EQ(busy.present()->rows(), 1U);
    }
}

/// Whoever asks meanwhile sees all that was taken before, and each customer once.
TEST_F(LiveTimelineTest, ReadersSeeWholeStatesWhileNewsComeAndPartsAreMerged) {
    Ledger ledger;
    for (int i = 0; i < 3'000; ++i) {
        ledger.add("c" + std::to_string(i % 200), i, "t" + std::to_string(i % 5));
    }
    Ledger none;
    LiveTimeline growing(none.build(), ledger.reads());
    std::atomic<std::size_t> taken{0};
    std::atomic<bool> ended{false};
    std::atomic<int> looks{0};
    Merging merging(growing);
    std::thread reader([&] {
        while (!ended) {
            const std::size_t before = taken;
            const auto timeline = growing.present();
            std::size_t rows = 0;
            for (const Part& part : timeline->parts) {
                rows += living_rows(part);
            }
            EXPECT_EQ(rows, timeline->rows());
            EXPECT_GE(rows, before);
            EXPECT_EQ(timeline->find_customer("c7").has_value(), rows > 7);
            ++looks;
        }
    });
    constexpr std::size_t at_once = 30;
    for (std::size_t from = 0; from < ledger.entries.size(); from += at_once) {
        const auto first = ledger.entries.begin() + static_cast<std::ptrdiff_t>(from);
        const std::vector<ledger::Entry> fresh(first, first + at_once);
        ASSERT_TRUE(growing.take(feed_of(fresh)));
        taken = from + at_once;
    }
    ended = true;
    reader.join();
    merging.end();
    EXPECT_FALSE(merging.failed());
    EXPECT_GT(looks, 0);
    EXPECT_EQ(growing.present()->rows(), ledger.entries.size());
    const auto at_once_made = ledger.build();
    for (int customer = 0; customer < 200; ++customer) {
        const std::string name = "c" + std::to_string(customer);
        EXPECT_EQ(numbers_of(*growing.present(), name), numbers_of(*at_once_made, name));
    }
}

TEST_F(LiveTimelineTest, SmallPartsBecomeFew) {
    Ledger ledger;
    for (int i = 0; i < 64; ++i) {
        ledger.add("c" + std::to_string(i), i, "x");
    }
    Ledger none;
    LiveTimeline growing(none.build(), ledger.reads());
    for (const auto& entry : ledger.entries) {
        const std::vector<ledger::Entry> fresh = {entry};
        ASSERT_TRUE(growing.take(feed_of(fresh)));
    }
    EXPECT_GE(growing.present()->parts.size(), 64U);
    for (auto merged = growing.merge_some(); merged && *merged; merged = growing.merge_some()) {
    }
    EXPECT_LT(growing.present()->parts.size(), 4U);
    EXPECT_EQ(growing.present()->rows(), 64U);
}

}  // namespace
}  // namespace kokemus::timeline
