#include <gtest/gtest.h>

#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using question::Question;
using tiny::day;
using tiny::hour;
using tiny::Ledger;

blueprint::Promise delivery() {
    blueprint::Promise promise;
    promise.name = "delivery";
    promise.kept = {"delivered"};
    return promise;
}

TEST(Promises, AreKeptLateBrokenOpenOrAtRisk) {
    blueprint::Blueprint blueprint;
    blueprint.promises = {delivery()};
    Ledger ledger;
    const auto promise = [&](const std::string& customer, std::int64_t due) {
        ledger.add(customer, 0, "order").due["delivery"] = tiny::at(due);
    };
    promise("kept", 5 * hour);
    ledger.add("kept", 5 * hour, "delivered");
    promise("late", 5 * hour);
    ledger.add("late", 6 * hour, "delivered");
    promise("broken", 9 * day);
    promise("open", 12 * day);
    promise("at risk", 11 * day);
    promise("due now", 10 * day);
    ledger.add("clock", 10 * day, "x");
    const auto engine = ledger.engine(blueprint);
    const auto counts = engine.promises({});
    ASSERT_EQ(counts->promises.size(), 1U);
    const auto& tally = counts->promises[0];
    EXPECT_EQ(counts->now, tiny::at(10 * day));
    EXPECT_EQ(tally.made, 6U);
    EXPECT_EQ(tally.kept, 1U);
    EXPECT_EQ(tally.late, 1U);
    EXPECT_EQ(tally.broken, 1U);
    EXPECT_EQ(tally.open, 3U);
    EXPECT_EQ(tally.at_risk, 2U);
    EXPECT_EQ(tally.slack_seconds_sum, -3600);
    EXPECT_EQ(tally.slack_bins[6], 1U) << "an hour late lies before 0";
    EXPECT_EQ(tally.slack_bins[7], 1U) << "no slack lies behind 0";
    Question question;
    question.where =
        tiny::condition(question::PromiseCondition{"delivery", {question::PromiseOutcome::Open}});
    EXPECT_EQ(engine.promises(question)->population.units, 3U) << "at risk is a part of open";
    question.promise = "none";
    EXPECT_EQ(engine.promises(question).error().code, ErrorCode::NotFound);
}

TEST(Promises, AreKeptInTheThreadThatMadeThem) {
    blueprint::Blueprint blueprint;
    blueprint.promises = {delivery()};
    Ledger ledger;
    ledger.add("a", 0, "order", "t1").due["delivery"] = tiny::at(hour);
    ledger.add("a", 1, "order", "t2").due["delivery"] = tiny::at(hour);
    ledger.add("a", 2, "order").due["delivery"] = tiny::at(hour);
    ledger.add("a", 3, "delivered", "t2");
    ledger.add("a", 2 * hour, "delivered", "t1");
    const auto tally = ledger.engine(blueprint).promises({})->promises[0];
    EXPECT_EQ(tally.kept, 2U) << "t2, and the one without a thread by whichever comes first";
    EXPECT_EQ(tally.late, 1U);
    EXPECT_EQ(tally.customers, 1U);
}

TEST(Promises, AreMadeByTouchpointsWithinATime) {
    auto promise = delivery();
    promise.made = {"order"};
    promise.within = std::chrono::hours(2);
    blueprint::Blueprint blueprint;
    blueprint.promises = {promise};
    Ledger ledger;
    ledger.add("by rule", 0, "order");
    ledger.add("by rule", 2 * hour, "delivered");
    ledger.add("by itself", 0, "order").due["delivery"] = tiny::at(hour);
    ledger.add("by itself", 2 * hour, "delivered");
    ledger.add("not made here", 0, "chat").due["delivery"] = tiny::at(hour);
    const auto tally = ledger.engine(blueprint).promises({})->promises[0];
    EXPECT_EQ(tally.made, 2U);
    EXPECT_EQ(tally.kept, 1U);
    EXPECT_EQ(tally.late, 1U);
}

TEST(Promises, AreNeverKeptByTheEncounterThatMakesThem) {
    auto promise = delivery();
    promise.made = {"update"};
    promise.kept = {"update"};
    blueprint::Blueprint blueprint;
    blueprint.promises = {promise};
    Ledger ledger;
    ledger.add("a", 0, "update").due["delivery"] = tiny::at(hour);
    ledger.add("a", 0, "update");
    ledger.add("a", 3 * hour, "update").due["delivery"] = tiny::at(4 * hour);
    ledger.add("z", 9 * hour, "x");
    const auto tally = ledger.engine(blueprint).promises({})->promises[0];
    EXPECT_EQ(tally.kept, 1U) << "by the next one at the same time";
    EXPECT_EQ(tally.broken, 1U);
}

}  // namespace
}  // namespace kokemus::timeline
