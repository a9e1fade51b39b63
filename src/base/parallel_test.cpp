#include "base/parallel.h"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace kokemus {
namespace {

class Parallel : public ::testing::TestWithParam<std::size_t> {
protected:
    void SetUp() override { set_worker_count(GetParam()); }
    void TearDown() override { set_worker_count(0); }
};

TEST_P(Parallel, DoesEveryItemOnce) {
    for (const std::size_t count : {0U, 1U, 9U, 10U, 11U, 1000U}) {
        std::vector<std::atomic<int>> seen(count);
        const Status status = for_each_chunk(count, 10, [&](const Chunk& chunk) -> Status {
            EXPECT_LT(chunk.worker, worker_count());
            EXPECT_LE(chunk.size(), 10U);
            for (std::size_t i = chunk.from; i < chunk.to; ++i) {
                ++seen[i];
            }
            return {};
        });
        EXPECT_TRUE(status);
        for (const auto& times : seen) {
            EXPECT_EQ(times, 1);
        }
    }
}

TEST_P(Parallel, GivesTheErrorOfTheLowestFailingChunk) {
    for (int round = 0; round < 50; ++round) {
        const Status status = for_each_chunk(100, 1, [](const Chunk& chunk) -> Status {
            if (chunk.from >= 20) {
                return invalid_input(std::to_string(chunk.from));
            }
            return {};
        });
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error(), invalid_input("20"));
    }
}

TEST_P(Parallel, BeginsNothingAfterAnError) {
    std::atomic<int> begun{0};
    const Status status = for_each_chunk(100'000, 1, [&](const Chunk&) -> Status {
        ++begun;
        return invalid_input("no");
    });
    EXPECT_FALSE(status);
    EXPECT_LE(begun, static_cast<int>(worker_count()));
}

TEST_P(Parallel, TurnsAnExceptionIntoAnError) {
    const Status status = for_each_chunk(
        5, 1, [](const Chunk&) -> Status { throw std::runtime_error("out of paper"); });
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error(), internal_error("out of paper"));
}

TEST_P(Parallel, PlainThrowsTheExceptionAgain) {
    EXPECT_THROW(for_each_chunk_plain(5, 1, [](const Chunk&) { throw std::out_of_range("far"); }),
                 std::out_of_range);
}

TEST_P(Parallel, WorksInsideItself) {
    std::atomic<int> sum{0};
    for_each_chunk_plain(4, 1, [&](const Chunk&) {
        for_each_chunk_plain(8, 2, [&](const Chunk& inner) {
            EXPECT_EQ(inner.worker, 0U);
            sum += static_cast<int>(inner.size());
        });
    });
    EXPECT_EQ(sum, 32);
}

INSTANTIATE_TEST_SUITE_P(Workers, Parallel, ::testing::Values(1, 2, 7));

TEST(WorkerCount, IsNeverZero) {
    set_worker_count(0);
    EXPECT_GE(worker_count(), 1U);
    set_worker_count(3);
    EXPECT_EQ(worker_count(), 3U);
    set_worker_count(0);
}

}  // namespace
}  // namespace kokemus
