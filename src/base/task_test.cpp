#include "base/task.h"

#include <atomic>

#include <gtest/gtest.h>

#include "base/parallel.h"

namespace kokemus {
namespace {

TEST(Task, GoesOnUntilItIsCalledOff) {
    Task task;
    EXPECT_FALSE(task.is_over());
    EXPECT_TRUE(task.status());
    task.call_off();
    EXPECT_TRUE(task.is_over());
    EXPECT_EQ(task.status().error().code, ErrorCode::Cancelled);
}

TEST(Task, EndsWhenNobodyWaitsAnyMore) {
    std::stop_source gone;
    const Task task({gone.get_token(), std::nullopt});
    EXPECT_FALSE(task.is_over());
    gone.request_stop();
    EXPECT_EQ(task.status().error().code, ErrorCode::Cancelled);
}

TEST(Task, EndsWhenItsTimeIsOverAndSaysWhatToDo) {
    const Task task({{}, Task::Seconds(0)});
    EXPECT_TRUE(task.is_over());
    EXPECT_EQ(task.status().error().code, ErrorCode::TimedOut);
    EXPECT_NE(task.status().error().message.find("ask for a shorter time"), std::string::npos);
    EXPECT_FALSE(Task({{}, Task::Seconds(3600)}).is_over());
}

TEST(Task, NoFurtherChunkIsBegunOnceItIsOver) {
    Task task;
    const Task::Scope scope(task);
    std::atomic<int> begun = 0;
    for_each_chunk_plain(1000, 1, [&](const Chunk&) {
        if (++begun == 10) {
            task.call_off();
        }
    });
    // Each other worker may have had one chunk in hand.
    EXPECT_GE(begun, 10);
    EXPECT_LE(begun, 10 + static_cast<int>(worker_count()));
}

TEST(Task, TellsHowFarThePresentPassIs) {
    Task task;
    EXPECT_EQ(task.progress().passes, 0U);
    const Task::Scope scope(task);
    for_each_chunk_plain(100, 10, [&](const Chunk& chunk) {
        EXPECT_LE(task.progress().share, 0.9);
        // What a chunk does inside belongs to the same pass.
        for_each_chunk_plain(chunk.size(), 1, [](const Chunk&) {});
    });
    EXPECT_EQ(task.progress().passes, 1U);
    EXPECT_EQ(task.progress().share, 1);
    for_each_chunk_plain(10, 10, [&](const Chunk&) { EXPECT_EQ(task.progress().share, 0); });
    EXPECT_EQ(task.progress().passes, 2U);
    EXPECT_GE(task.progress().seconds, 0);
}

TEST(Task, ScopesNestAndLeaveNothingBehind) {
    Task outer;
    Task inner;
    EXPECT_EQ(Task::present(), nullptr);
    {
        const Task::Scope first(outer);
        {
            const Task::Scope second(inner);
            EXPECT_EQ(Task::present(), &inner);
        }
        EXPECT_EQ(Task::present(), &outer);
    }
    EXPECT_EQ(Task::present(), nullptr);
}

}  // namespace
}  // namespace kokemus
