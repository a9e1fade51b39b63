#include "blueprint/blueprint.h"

#include <gtest/gtest.h>

#include "blueprint/built_in.h"

namespace kokemus::blueprint {
namespace {

Blueprint shop() {
    Blueprint blueprint;
    blueprint.channels = {{"web", ChannelKind::SelfService},
                          {"phone", ChannelKind::Human},
                          {"chatbot", ChannelKind::Bot},
                          {"text", ChannelKind::Message}};
    Touchpoint call;
    call.name = "call";
    call.channel = "phone";
    Touchpoint visit;
    visit.name = "visit";
    visit.channel = "phone";
    visit.contact = false;
    blueprint.touchpoints = {call, visit};
    return blueprint;
}

TEST(Blueprint, FindsByNameOrGivesNull) {
    const Blueprint blueprint = shop();
    ASSERT_NE(blueprint.channel("phone"), nullptr);
    EXPECT_EQ(blueprint.channel("phone")->kind, ChannelKind::Human);
    EXPECT_EQ(blueprint.channel("fax"), nullptr);
    EXPECT_EQ(blueprint.touchpoint(""), nullptr);
    EXPECT_EQ(Blueprint().metric("nps"), nullptr);
}

TEST(Blueprint, AContactIsWhatTheTouchpointSaysElseHumanOrBot) {
    const Blueprint blueprint = shop();
    EXPECT_TRUE(blueprint.is_contact("call", ""));
    EXPECT_TRUE(blueprint.is_contact("call", "chatbot"));
    EXPECT_FALSE(blueprint.is_contact("call", "web"));
    EXPECT_FALSE(blueprint.is_contact("call", "text"));
    EXPECT_FALSE(blueprint.is_contact("visit", "phone"));
    EXPECT_TRUE(blueprint.is_contact("unknown", "phone"));
    EXPECT_FALSE(blueprint.is_contact("unknown", ""));
    EXPECT_FALSE(blueprint.is_contact("unknown", "fax"));
}

TEST(Experience, MovesTheEndsOfTheScaleToTheEndsOfExperience) {
    const Scale nps{"nps", 0, 10, true};
    EXPECT_DOUBLE_EQ(experience(nps, 0), -3);
    EXPECT_DOUBLE_EQ(experience(nps, 10), 3);
    EXPECT_DOUBLE_EQ(experience(nps, 5), 0);
    const Scale effort{"effort", 1, 7, false};
    EXPECT_DOUBLE_EQ(experience(effort, 1), 3);
    EXPECT_DOUBLE_EQ(experience(effort, 7), -3);
    EXPECT_DOUBLE_EQ(experience(effort, 2), 2);
}

TEST(Experience, ScoresBeyondTheScaleCountAsItsEnds) {
    const Scale stars{"stars5", 1, 5, true};
    EXPECT_DOUBLE_EQ(experience(stars, 0), -3);
    EXPECT_DOUBLE_EQ(experience(stars, 50), 3);
}

TEST(BuiltIn, AreAppendedOnceAndNeverReplaceWhatIsDeclared) {
    Blueprint declared;
    Metric nps;
    nps.name = "nps";
    nps.kind = MetricKind::Nps;
    nps.minimum = 99;
    declared.metrics = {nps};
    const Blueprint whole = with_built_ins(declared);
    EXPECT_EQ(whole.metrics.size(), built_in_metrics().size());
    EXPECT_EQ(whole.metric("nps")->minimum, 99);
    EXPECT_EQ(whole.scales, built_in_scales());
    EXPECT_EQ(with_built_ins(whole), whole);
    EXPECT_EQ(without_built_ins(whole), declared);
}

}  // namespace
}  // namespace kokemus::blueprint
