#include "driver/knowing.h"

#include <gtest/gtest.h>

#include "blueprint/blueprint_read.h"
#include "question/parse.h"

namespace kokemus::driver {
namespace {

const blueprint::Blueprint& shop() {
    static const blueprint::Blueprint read = blueprint::read_blueprint(R"([channel.phone]
kind = "human"
[touchpoint.call]
channel = "phone"
[touchpoint.visit]
[touchpoint.bill]
[journey.connect]
starts = ["call"]
ends = ["bill"]
path = ["call", "bill"]
[promise.delivery]
kept = ["visit"]
[promise.answer]
kept = ["call"]
[metric."visit nps"]
kind = "nps"
touchpoints = ["visit"]
[metric.done]
kind = "completion"
journey = "connect"
)")
                                                 .blueprint;
    return read;
}

bool knows(const std::string& factor, const std::string& outcome) {
    const question::Unit per{question::UnitKind::Journey, "connect"};
    const auto factors = question::parse_factors(factor, shop());
    const auto explained = question::parse_outcome(outcome, shop());
    EXPECT_TRUE(factors.has_value()) << (factors ? "" : factors.error().message);
    EXPECT_TRUE(explained.has_value()) << (explained ? "" : explained.error().message);
    return driver::knows(sources_of(factors->at(0), per, shop()),
                         sources_of(*explained, per, shop()))
        .has_value();
}

TEST(Knowing, WhatLooksElsewhereDoesNotKnow) {
    EXPECT_FALSE(knows("count 'call'", "nps"));
    EXPECT_FALSE(knows("late 'delivery'", "nps"));
    EXPECT_FALSE(knows("late 'delivery'", "if (promise 'answer' is late)"));
    EXPECT_FALSE(knows("lasts", "if (touches 'bill')"));
    EXPECT_FALSE(knows("if (lasts > 3d)", "if (encounters > 4)"));
    EXPECT_FALSE(knows("touchpoint", "nps"));
}

TEST(Knowing, TheTouchpointThatTellsTheOutcomeIsNoFactor) {
    EXPECT_TRUE(knows("count 'visit'", "'visit nps'"));
    EXPECT_TRUE(knows("count 'bill'", "if (has (touchpoint = 'bill' and channel = 'web'))"));
    EXPECT_TRUE(knows("wait 'call' -> 'bill'", "if (touches 'bill')"));
    EXPECT_TRUE(knows("if (goes 'call' -> 'bill')", "if (reaches ('call', 'bill'))"));
    EXPECT_TRUE(knows("count 'bill'", "done")) << "where the journey ends";
    EXPECT_TRUE(knows("count 'call'", "contact_rate"));
    EXPECT_TRUE(knows("if (deviates from 'connect')", "if (touches 'bill')"));
    EXPECT_TRUE(knows("if (deviates from 'connect' adding 'visit')", "'visit nps'"));
    EXPECT_FALSE(knows("if (deviates from 'connect' without 'call')", "if (touches 'bill')"));
    EXPECT_FALSE(knows("if (goes START -> 'visit')", "if (goes START -> 'bill')"));
}

TEST(Knowing, AnswersPromisesAndSwitchesKnowTheirOwn) {
    EXPECT_TRUE(knows("'csat'", "nps"));
    EXPECT_TRUE(knows("mean csat5", "experience"));
    EXPECT_TRUE(knows("if (has (score <= 2))", "nps"));
    EXPECT_TRUE(knows("late 'delivery'", "kept"));
    EXPECT_TRUE(knows("if (promise 'delivery' is broken)", "late 'delivery'"));
    EXPECT_TRUE(knows("switches forced", "if (not switches)"));
    EXPECT_TRUE(knows("repeats", "if (repeats or lasts > 9d)"));
    EXPECT_TRUE(knows("if (status = completed)", "done"));
}

TEST(Knowing, WhereTheOutcomeIsReadIsKnown) {
    EXPECT_FALSE(sources_of(*question::parse_outcome("nps", shop()), {}, shop()).of_whole_unit);
    EXPECT_TRUE(sources_of(*question::parse_outcome("kept", shop()), {}, shop()).of_whole_unit);
}

}  // namespace
}  // namespace kokemus::driver
