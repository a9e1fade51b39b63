#include "app/answer_cache.h"

#include <atomic>
#include <functional>
#include <thread>

#include <gtest/gtest.h>

namespace kokemus::app {
namespace {

class Cache : public ::testing::Test {
protected:
    /// What the cache gives for `key`; `made_` counts how often it had to be made.
    std::string ask(AnswerCache& cache, const std::string& key) {
        Task task;
        const auto text = cache.text(snapshot_, key, task, [&]() -> Result<std::string> {
            ++made_;
            return "answer to " + key;
        });
        EXPECT_TRUE(text);
        return text ? **text : "";
    }

    static std::shared_ptr<const Snapshot> snapshot_of(std::uint64_t version) {
        auto snapshot = std::make_shared<Snapshot>();
        snapshot->version = version;
        return snapshot;
    }

    std::shared_ptr<const Snapshot> snapshot_ = snapshot_of(1);
    std::atomic<int> made_ = 0;
};

TEST_F(Cache, gives_the_text_made_before) {
    AnswerCache cache(10'000);
    EXPECT_EQ(ask(cache, "flow"), "answer to flow");
    EXPECT_EQ(ask(cache, "flow"), "answer to flow");
    EXPECT_EQ(ask(cache, "variants"), "answer to variants");
    EXPECT_EQ(made_, 2);
    EXPECT_EQ(cache.use().given, 1U);
    EXPECT_EQ(cache.use().made, 2U);
}

TEST_F(Cache, nothing_of_another_version_is_given) {
    AnswerCache cache(10'000);
    ask(cache, "flow");
    const auto old = std::exchange(snapshot_, snapshot_of(2));
    ask(cache, "flow");
    EXPECT_EQ(made_, 2);
    snapshot_ = old;
    ask(cache, "flow");
    EXPECT_EQ(made_, 3);
    EXPECT_EQ(cache.use().texts, 1U);
}

TEST_F(Cache, who_holds_an_older_snapshot_leaves_the_texts_of_the_newer_ones_alone) {
    AnswerCache cache(10'000);
    const auto old = std::exchange(snapshot_, snapshot_of(2));
    ask(cache, "flow");
    const auto newer = std::exchange(snapshot_, old);
    ask(cache, "flow");
    ask(cache, "variants");
    snapshot_ = newer;
    ask(cache, "flow");
    EXPECT_EQ(made_, 3) << "the newer one's answer was thrown away";
}

TEST_F(Cache, parts_that_were_merged_change_no_answer) {
    AnswerCache cache(10'000);
    ask(cache, "flow");
    snapshot_ = snapshot_of(1);
    ask(cache, "flow");
    EXPECT_EQ(made_, 1);
}

TEST_F(Cache, a_text_that_comes_after_its_snapshot_has_gone_is_not_kept) {
    AnswerCache cache(10'000);
    const auto old = snapshot_;
    const auto newer = snapshot_of(2);
    Task task;
    const auto late = cache.text(old, "flow", task, [&]() -> Result<std::string> {
        snapshot_ = newer;
        ask(cache, "variants");
        return "late";
    });
    EXPECT_EQ(**late, "late");
    EXPECT_EQ(ask(cache, "flow"), "answer to flow");
}

TEST_F(Cache, stays_within_its_bytes_and_lets_the_longest_unused_go) {
    AnswerCache cache(700);
    for (const char* key : {"a", "b", "c"}) {
        ask(cache, key);
    }
    ask(cache, "a");
    EXPECT_EQ(made_, 3);
    for (int i = 0; i < 100; ++i) {
        ask(cache, "new " + std::to_string(i));
        ask(cache, "a");
        EXPECT_LE(cache.use().bytes, 700U);
    }
    EXPECT_EQ(made_, 103);
    ask(cache, "b");
    EXPECT_EQ(made_, 104);
    AnswerCache none(0);
    EXPECT_EQ(ask(none, "flow"), "answer to flow");
    EXPECT_EQ(none.use().texts, 0U);
}

TEST_F(Cache, equal_questions_at_the_same_time_are_made_once) {
    AnswerCache cache(10'000);
    const auto slowly = [&]() -> Result<std::string> {
        ++made_;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return "slow";
    };
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            Task task;
            EXPECT_EQ(**cache.text(snapshot_, "flow", task, slowly), "slow");
        });
    }
    threads.clear();
    EXPECT_EQ(made_, 1);
}

TEST_F(Cache, when_making_fails_another_who_waits_makes_it) {
    AnswerCache cache(10'000);
    std::atomic<bool> waiting = false;
    std::jthread failing([&] {
        Task task;
        const auto failed = cache.text(snapshot_, "flow", task, [&]() -> Result<std::string> {
            while (!waiting) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
            return invalid_input("no");
        });
        EXPECT_FALSE(failed);
    });
    while (cache.use().made == 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    waiting = true;
    EXPECT_EQ(ask(cache, "flow"), "answer to flow");
    EXPECT_EQ(ask(cache, "flow"), "answer to flow");
    EXPECT_EQ(made_, 1);
}

TEST_F(Cache, who_waits_is_as_far_as_the_maker) {
    AnswerCache cache(10'000);
    Task makers;
    Task waiting;
    std::jthread waits;
    const auto until = [](const std::function<bool()>& is_so) {
        for (int i = 0; i < 5000 && !is_so(); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return is_so();
    };
    const auto made = cache.text(snapshot_, "flow", makers, [&]() -> Result<std::string> {
        waits = std::jthread([&] {
            EXPECT_EQ(**cache.text(snapshot_, "flow", waiting, [] { return "never made"; }),
                      "made");
        });
        makers.begin_pass(8);
        makers.advance(2);
        EXPECT_TRUE(until([&] { return waiting.progress().share == 0.25; }));
        makers.begin_pass(4);
        makers.advance(2);
        EXPECT_TRUE(until(
            [&] { return waiting.progress().passes == 2 && waiting.progress().share == 0.5; }));
        return "made";
    });
    EXPECT_EQ(**made, "made");
}

TEST_F(Cache, nobody_waits_longer_than_their_own_task) {
    AnswerCache cache(10'000);
    Task task({{}, Task::Seconds(0)});
    Task other;
    const auto made = cache.text(snapshot_, "flow", other, [&]() -> Result<std::string> {
        const auto impatient = cache.text(
            snapshot_, "flow", task, []() -> Result<std::string> { return "never made"; });
        EXPECT_FALSE(impatient);
        EXPECT_EQ(impatient.error().code, ErrorCode::TimedOut);
        return "made";
    });
    EXPECT_EQ(**made, "made");
}

}  // namespace
}  // namespace kokemus::app
