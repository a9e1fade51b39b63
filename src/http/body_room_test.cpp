#include "http/body_room.h"

#include <thread>

#include <gtest/gtest.h>

namespace kokemus::http {
namespace {

using namespace std::chrono_literals;

TEST(BodyRoom, IsBoundedAndGivenBack) {
    std::atomic<std::size_t> taken = 0;
    BodyRoom room(100, 1h, taken);
    int told = 0;
    BodyRoom::Part a(room, [&] { ++told; });
    a.begin();
    EXPECT_TRUE(a.grow(60));
    EXPECT_TRUE(a.grow(100));
    {
        BodyRoom::Part b(room, [&] { ++told; });
        b.begin();
        EXPECT_FALSE(b.grow(1));
        a.give_back();
        EXPECT_TRUE(b.grow(100));
        EXPECT_TRUE(b.complete());
    }
    a.begin();
    EXPECT_EQ(taken, 0U);
    EXPECT_TRUE(a.grow(100)) << "what went gave it back";
    EXPECT_EQ(taken, 100U);
    EXPECT_EQ(told, 0);
}

TEST(BodyRoom, WhoHasTakenMostForLongestMakesWay) {
    std::atomic<std::size_t> taken = 0;
    BodyRoom room(100, 0s, taken);
    int first_told = 0;
    int second_told = 0;
    BodyRoom::Part first(room, [&] { ++first_told; });
    BodyRoom::Part second(room, [&] { ++second_told; });
    first.begin();
    second.begin();
    ASSERT_TRUE(first.grow(20));
    ASSERT_TRUE(second.grow(70));
    std::this_thread::sleep_for(1ms);
    BodyRoom::Part third(room, [] {});
    third.begin();
    EXPECT_TRUE(third.grow(50));
    EXPECT_EQ(first_told, 0);
    EXPECT_EQ(second_told, 1);
    EXPECT_TRUE(second.is_given_up());
    EXPECT_FALSE(second.grow(71));
    EXPECT_FALSE(second.complete());
    EXPECT_TRUE(first.complete());
    EXPECT_FALSE(third.grow(90)) << "what is there completely stays";
    second.give_back();
    EXPECT_FALSE(second.is_given_up());
    second.begin();
    EXPECT_TRUE(second.grow(10));
}

TEST(BodyRoom, NobodyMakesWayBeforeTheirTime) {
    std::atomic<std::size_t> taken = 0;
    BodyRoom room(100, 1h, taken);
    BodyRoom::Part first(room, [] { FAIL(); });
    BodyRoom::Part second(room, [] {});
    first.begin();
    second.begin();
    ASSERT_TRUE(first.grow(90));
    EXPECT_FALSE(second.grow(20));
    EXPECT_TRUE(first.grow(100));
}

}  // namespace
}  // namespace kokemus::http
