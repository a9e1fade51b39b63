#include "intake/commit_queue.h"

#include <atomic>
#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kokemus::intake {
namespace {

using encounter::Encounter;
using ledger::Receipt;
using testing::HasSubstr;

Encounter make(const std::string& id) {
    Encounter encounter;
    encounter.customer = encounter::CustomerName("anna");
    encounter.id = encounter::EncounterId(id);
    encounter.time = Instant(Milliseconds(1'700'000'000'000));
    encounter.touchpoint = "call";
    return encounter;
}

/// In the ledger's place: appends wait for a word, so that batches pile up.
class Gate {
public:
    CommitQueue::Append append() {
        return [this](std::span<const std::span<const Encounter>> batches) {
            std::unique_lock lock(mutex_);
            together_.push_back(batches.size());
            entered_.notify_all();
            opened_.wait(lock, [this] { return is_open_; });
            std::vector<Result<Receipt>> outcomes;
            for (const auto& batch : batches) {
                outcomes.push_back(batch.front().id.value() == "bad"
                                       ? Result<Receipt>(Error{ErrorCode::DiskFull, "full"})
                                       : Result<Receipt>(Receipt{batch.size(), 0, {}}));
            }
            return outcomes;
        };
    }
    void wait_until_busy() {
        std::unique_lock lock(mutex_);
        entered_.wait(lock, [this] { return !together_.empty(); });
    }
    void open() {
        const std::scoped_lock lock(mutex_);
        is_open_ = true;
        opened_.notify_all();
    }
    std::vector<std::size_t> together() {
        const std::scoped_lock lock(mutex_);
        return together_;
    }

private:
    std::mutex mutex_;
    std::condition_variable entered_;
    std::condition_variable opened_;
    bool is_open_ = false;
    std::vector<std::size_t> together_;
};

TEST(CommitQueue, CommitsTogetherWhatCameTogetherAndTellsEachItsOwn) {
    Gate gate;
    CommitQueue queue(gate.append());
    std::vector<std::future<Result<Receipt>>> told;
    const auto offer = [&](std::vector<Encounter> batch) {
        auto promise = std::make_shared<std::promise<Result<Receipt>>>();
        told.push_back(promise->get_future());
        ASSERT_TRUE(queue.offer(std::move(batch), [promise](Result<Receipt> outcome) {
            promise->set_value(std::move(outcome));
        }));
    };
    offer({make("first")});
    gate.wait_until_busy();
    offer({make("a"), make("b")});
    offer({make("bad")});
    offer({make("c")});
    offer({});
    EXPECT_EQ(told.back().get()->accepted, 0);
    EXPECT_EQ(queue.load().batches, 4);
    gate.open();
    EXPECT_EQ(told[0].get()->accepted, 1);
    EXPECT_EQ(told[1].get()->accepted, 2);
    EXPECT_EQ(told[2].get().error().code, ErrorCode::DiskFull);
    EXPECT_EQ(told[3].get()->accepted, 1);
    EXPECT_THAT(gate.together(), testing::ElementsAre(1, 3));
    EXPECT_EQ(queue.outcomes().accepted, 4);
    EXPECT_EQ(queue.outcomes().failed_batches, 1);
    EXPECT_EQ(queue.commits().state().count(), 2U);
}

TEST(CommitQueue, RefusesWhatHasNoRoomAndFinishesWhatItTook) {
    Gate gate;
    std::atomic<int> done{0};
    {
        CommitQueue queue(gate.append(), {.batches_max = 3, .bytes_max = 1 << 20});
        const auto count = [&](const Result<Receipt>&) { ++done; };
        ASSERT_TRUE(queue.offer({make("first")}, count));
        gate.wait_until_busy();
        ASSERT_TRUE(queue.offer({make("second")}, count));
        Encounter large = make("large");
        large.text = std::string(1 << 20, 'x');
        const Status too_large = queue.offer({large}, count);
        ASSERT_FALSE(too_large);
        EXPECT_EQ(too_large.error().code, ErrorCode::Unavailable);
        ASSERT_TRUE(queue.offer({make("third")}, count));
        const Status full = queue.offer({make("fourth")}, count);
        ASSERT_FALSE(full);
        EXPECT_THAT(full.error().message, HasSubstr("again"));
        gate.open();
    }
    EXPECT_EQ(done, 3);
}

TEST(CommitQueue, WhenItEndsAllAreToldAndNoMoreIsTaken) {
    Gate gate;
    CommitQueue queue(gate.append());
    int told = 0;  // by the committer, whose end is waited for
    const auto count = [&](const Result<Receipt>& receipt) { told += receipt ? 1 : 0; };
    ASSERT_TRUE(queue.offer({make("a")}, count));
    gate.wait_until_busy();
    ASSERT_TRUE(queue.offer({make("b")}, count));
    gate.open();
    queue.end();
    EXPECT_EQ(told, 2);
    EXPECT_EQ(queue.offer({make("c")}, count).error().code, ErrorCode::Unavailable);
    queue.end();
    EXPECT_EQ(told, 2);
}

TEST(CommitQueue, TakesALargeBatchWhenItIsAlone) {
    Gate gate;
    gate.open();
    CommitQueue queue(gate.append(), {.batches_max = 3, .bytes_max = 10});
    std::promise<void> done;
    ASSERT_TRUE(queue.offer({make("large")}, [&](const auto&) { done.set_value(); }));
    done.get_future().get();
}

}  // namespace
}  // namespace kokemus::intake
