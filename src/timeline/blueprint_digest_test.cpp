#include "timeline/blueprint_digest.h"

#include <functional>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "timeline/blueprint_change.h"
#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using blueprint::Blueprint;

Blueprint start() {
    auto blueprint = tiny::four_channels();
    blueprint.dimensions = {{"plan", blueprint::DimensionSource::Properties, "plan"}};
    blueprint::Promise promise;
    promise.name = "delivery";
    promise.made = {"look"};
    promise.kept = {"call", "move"};
    blueprint.promises = {promise};
    return blueprint;
}

using Change = std::function<void(Blueprint&)>;

/// Encounters in which every change of a column would show.
tiny::Ledger telling() {
    tiny::Ledger ledger;
    for (std::int64_t i = 0; i < 60; ++i) {
        static const std::vector<std::string> touchpoints = {
            "look", "ask", "call", "move", "letter", "other"};
        auto& one = ledger.add(i % 2 == 0 ? "a" : "b", i, touchpoints[i * 7 % 6]);
        one.score = static_cast<double>(i % 10);
        one.scale = i % 3 == 0 ? "nps" : "ces7";
        one.properties = R"({"plan":"gold","size":"big"})";
        if (i % 5 == 0) {
            one.due["delivery"] = tiny::at(i + 3);
        }
    }
    ledger.customers = {{encounter::CustomerName("a"), {{"plan", "tin"}}}};
    return ledger;
}

TEST(BlueprintDigest, ChangesWithEverythingThatEntersTheColumns) {
    const std::vector<Change> changes = {
        [](Blueprint& b) { b.dimensions.clear(); },
        [](Blueprint& b) { b.dimensions[0].name = "tariff"; },
        [](Blueprint& b) { b.dimensions[0].key = "size"; },
        [](Blueprint& b) { b.dimensions[0].source = blueprint::DimensionSource::Traits; },
        [](Blueprint& b) { b.scales[0].high = 20; },
        [](Blueprint& b) { b.scales[0].low = -5; },
        [](Blueprint& b) { b.scales[1].high_is_good = true; },
        [](Blueprint& b) { b.scales[0].name = "npx"; },
        [](Blueprint& b) { b.touchpoints[0].channel = "phone"; },
        [](Blueprint& b) { b.touchpoints[0].owner = "Sales"; },
        [](Blueprint& b) { b.touchpoints[0].name = "looked"; },
        [](Blueprint& b) { b.promises.clear(); },
        [](Blueprint& b) { b.promises[0].name = "call-back"; },
        [](Blueprint& b) { b.promises[0].made = {}; },
        [](Blueprint& b) { b.promises[0].kept = {"move"}; },
        [](Blueprint& b) { b.promises[0].within = Milliseconds(0); },
        [](Blueprint& b) { b.promises[0].within = Milliseconds(5000); },
    };
    const auto ledger = telling();
    const auto columns = ledger.build(start());
    for (std::size_t i = 0; i < changes.size(); ++i) {
        Blueprint changed = start();
        changes[i](changed);
        EXPECT_FALSE(ledger.build(changed)->same_columns(*columns)) << "this test's change " << i;
        EXPECT_NE(digest_of_columns(changed), digest_of_columns(start())) << "change " << i;
    }
    EXPECT_EQ(digest_of_columns(start()), digest_of_columns(start()));
}

TEST(BlueprintDigest, TellsListsApartThatRunIntoEachOther) {
    Blueprint one = start();
    Blueprint other = start();
    one.promises[0].made = {"look", "call"};
    one.promises[0].kept = {"move"};
    other.promises[0].made = {"look"};
    other.promises[0].kept = {"call", "move"};
    EXPECT_NE(digest_of_columns(one), digest_of_columns(other));
    one = other = start();
    one.touchpoints[0].channel = "ab";
    one.touchpoints[0].owner = "c";
    other.touchpoints[0].channel = "a";
    other.touchpoints[0].owner = "bc";
    EXPECT_NE(digest_of_columns(one), digest_of_columns(other));
}

TEST(BlueprintDigest, StaysWithWhatIsLookedUpWhenAQuestionIsAsked) {
    const std::vector<Change> changes = {
        [](Blueprint& b) { b.name = "another"; },
        [](Blueprint& b) { b.time_zone = "Europe/Helsinki"; },
        [](Blueprint& b) { b.journeys.push_back({}); },
        [](Blueprint& b) { b.metrics.push_back({}); },
        [](Blueprint& b) { b.promises[0].at_risk = Milliseconds(1); },
        [](Blueprint& b) { b.promises[0].target = 0.5; },
        [](Blueprint& b) { b.promises[0].owner = "Sales"; },
        [](Blueprint& b) { b.touchpoints[0].cost = 3; },
        [](Blueprint& b) { b.stages = {"pay"}; },
        [](Blueprint& b) { b.touchpoints[0].stage = "pay"; },
        [](Blueprint& b) { b.touchpoints[0].topic = "money"; },
        [](Blueprint& b) { b.touchpoints[0].contact = true; },
        [](Blueprint& b) { b.channels[0].kind = blueprint::ChannelKind::Message; },
    };
    const auto ledger = telling();
    const auto columns = ledger.build(start());
    for (std::size_t i = 0; i < changes.size(); ++i) {
        Blueprint changed = start();
        changes[i](changed);
        EXPECT_EQ(digest_of_columns(changed), digest_of_columns(start())) << "change " << i;
        const auto built = ledger.build(changed);
        const auto moved = under_blueprint(*columns, std::make_shared<const Blueprint>(changed));
        EXPECT_TRUE(moved->same_columns(*built)) << "change " << i;
        EXPECT_EQ(moved->facts, built->facts) << "change " << i;
        EXPECT_EQ(moved->parts.front().facts, built->facts) << "change " << i;
        EXPECT_EQ(*moved->blueprint, changed) << "change " << i;
    }
}

}  // namespace
}  // namespace kokemus::timeline
