#include "shape/first_contact.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::shape {
namespace {

constexpr Watched week{.window = 168, .until = 700};

FirstContacts of(const std::vector<std::vector<std::int64_t>>& keys,
                 const Watched& watched = week) {
    FirstContacts all;
    for (const auto& times : keys) {
        all.merge(first_contacts(times, watched));
    }
    return all;
}

TEST(FirstContact, NobodyCalled) {
    const FirstContacts none = of({{}});
    EXPECT_EQ(none.firsts, 0U);
    EXPECT_FALSE(resolution(none).enough);
    EXPECT_EQ(resolution(none).interval.high, 1.0);
}

TEST(FirstContact, GoldenBySameTopicAndByAnyTopic) {
    // c1 bill, c2 bill, c2 tech, c3 tech
    const FirstContacts same = of({{0, 100, 400}, {10}, {50}, {5, 173, 342}});
    EXPECT_EQ(same.firsts, 6U);
    EXPECT_EQ(same.resolved, 4U);
    const FirstContacts any = of({{0, 100, 400}, {10, 50}, {5, 173, 342}});
    EXPECT_EQ(any.firsts, 5U);
    EXPECT_EQ(any.resolved, 2U);
    EXPECT_NEAR(resolution(any).estimate, .4, 1e-12);
    EXPECT_EQ(resolution(any).n, 5U);
}

TEST(FirstContact, AContactAWindowLaterIsARepeat) {
    EXPECT_EQ(of({{5, 173}}).resolved, 0U);
    EXPECT_EQ(of({{5, 173}}).repeats, 1U);
    EXPECT_EQ(of({{5, 174}}).resolved, 2U);
    EXPECT_EQ(of({{5, 5}}).repeats, 1U);
}

TEST(FirstContact, TheNewestWaitForTheirWindow) {
    EXPECT_EQ(of({{532}}).resolved, 1U);  // 532 + 168 = 700
    EXPECT_EQ(of({{533}}).too_late, 1U);
    EXPECT_EQ(of({{533, 540}}).too_late, 1U);  // repeated already, and still not counted
    EXPECT_EQ(of({{800}}).too_late, 1U);
}

TEST(FirstContact, TheOldestMayRepeatWhatNobodyKnows) {
    const Watched from_zero{.window = 168, .until = 700, .since = 0};
    EXPECT_EQ(of({{167}}, from_zero).too_early, 1U);
    EXPECT_EQ(of({{168}}, from_zero).firsts, 1U);
    EXPECT_EQ(of({{-5}}, from_zero).too_early, 1U);
}

RC_GTEST_PROP(FirstContact, EveryContactIsCountedOnce, ()) {
    auto times =
        *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 2000));
    std::ranges::sort(times);
    const Watched watched{.window = *rc::gen::inRange<std::int64_t>(0, 300),
                          .until = 2000,
                          .since = *rc::gen::inRange<std::int64_t>(-100, 500)};
    const FirstContacts all = first_contacts(times, watched);
    RC_ASSERT(all.firsts + all.repeats + all.too_late + all.too_early == times.size());
    RC_ASSERT(all.resolved <= all.firsts);
}

}  // namespace
}  // namespace kokemus::shape
