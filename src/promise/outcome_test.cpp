#include "promise/outcome.h"

#include <gtest/gtest.h>

namespace kokemus::promise {
namespace {

using encounter::Encounter;
using question::PromiseOutcome;

Instant day(int number) {
    return Instant{} + std::chrono::hours(24 * number);
}

Encounter at(int when, std::string touchpoint, std::string thread = {}) {
    Encounter made;
    made.customer = encounter::CustomerName("c");
    made.time = day(when);
    made.touchpoint = std::move(touchpoint);
    made.thread = encounter::ThreadName(std::move(thread));
    return made;
}

Encounter promised(Encounter made, int due) {
    made.due["delivery"] = day(due);
    return made;
}

blueprint::Blueprint shop() {
    blueprint::Blueprint shop;
    blueprint::Promise delivery;
    delivery.name = "delivery";
    delivery.kept = {"delivered"};
    shop.promises.push_back(delivery);
    return shop;
}

std::vector<Outcome> judged(const std::vector<Encounter>& encounters,
                            const blueprint::Blueprint& blueprint, int now) {
    std::vector<const Encounter*> pointers;
    for (const Encounter& encounter : encounters) {
        pointers.push_back(&encounter);
    }
    return judge(pointers, blueprint, day(now));
}

TEST(Outcome, nothing_promised_is_nothing_judged) {
    EXPECT_TRUE(judged({}, shop(), 0).empty());
    EXPECT_TRUE(judged({at(0, "delivered")}, shop(), 9).empty());
}

TEST(Outcome, on_the_due_time_is_kept_and_after_it_is_late) {
    const auto kept = judged({promised(at(0, "ordered"), 5), at(5, "delivered")}, shop(), 9);
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].outcome, PromiseOutcome::Kept);
    EXPECT_EQ(kept[0].kept_at, day(5));
    EXPECT_EQ(judged({promised(at(0, "ordered"), 5), at(6, "delivered")}, shop(), 9)[0].outcome,
              PromiseOutcome::Late);
}

TEST(Outcome, without_the_keeping_encounter_the_due_time_decides) {
    const std::vector<Encounter> ordered = {promised(at(0, "ordered"), 5)};
    EXPECT_EQ(judged(ordered, shop(), 3)[0].outcome, PromiseOutcome::Open);
    EXPECT_EQ(judged(ordered, shop(), 4)[0].outcome, PromiseOutcome::AtRisk);
    EXPECT_EQ(judged(ordered, shop(), 5)[0].outcome, PromiseOutcome::AtRisk);
    EXPECT_EQ(judged(ordered, shop(), 6)[0].outcome, PromiseOutcome::Broken);
}

TEST(Outcome, another_thread_does_not_keep_it) {
    const auto judged_two = judged(
        {promised(at(0, "ordered", "a"), 5), at(1, "delivered", "b"), at(7, "delivered", "a")},
        shop(),
        9);
    EXPECT_EQ(judged_two[0].outcome, PromiseOutcome::Late);
    EXPECT_EQ(
        judged({promised(at(0, "ordered"), 5), at(1, "delivered", "b")}, shop(), 9)[0].outcome,
        PromiseOutcome::Kept);
}

TEST(Outcome, declared_terms_promise_without_a_due_and_yield_to_one) {
    blueprint::Blueprint with_term = shop();
    with_term.promises[0].made = {"ordered"};
    with_term.promises[0].within = std::chrono::hours(48);
    EXPECT_EQ(judged({at(0, "ordered")}, with_term, 0)[0].due, day(2));
    EXPECT_EQ(judged({promised(at(0, "ordered"), 5)}, with_term, 0)[0].due, day(5));
}

TEST(Outcome, a_promise_that_is_not_in_the_blueprint_is_not_judged) {
    EXPECT_TRUE(judged({promised(at(0, "ordered"), 5), at(1, "delivered")}, {}, 9).empty());
}

TEST(Outcome, the_encounter_that_makes_it_does_not_keep_it) {
    EXPECT_EQ(judged({promised(at(0, "delivered"), 5)}, shop(), 9)[0].outcome,
              PromiseOutcome::Broken);
    EXPECT_EQ(judged({promised(at(0, "delivered"), 5), at(4, "delivered")}, shop(), 9)[0].kept_at,
              day(4));
}

TEST(Outcome, where_makers_are_declared_a_due_elsewhere_is_none) {
    blueprint::Blueprint with_maker = shop();
    with_maker.promises[0].made = {"ordered"};
    EXPECT_TRUE(judged({promised(at(0, "asked"), 5)}, with_maker, 9).empty());
}

}  // namespace
}  // namespace kokemus::promise
