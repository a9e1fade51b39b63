#include "blueprint/blueprint_read.h"

#include <chrono>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "base/project_file.h"

namespace kokemus::blueprint {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// The faults as lines of text.
std::vector<std::string> faults_of(std::string_view toml) {
    std::vector<std::string> lines;
    for (const Fault& fault : read_blueprint(toml).faults) {
        lines.push_back(to_text(fault));
    }
    return lines;
}

constexpr std::string_view two_touchpoints = R"([touchpoint."order placed"]
[touchpoint.parcel]
)";

std::string with_touchpoints(std::string_view rest) {
    return std::string(two_touchpoints) + std::string(rest);
}

TEST(BlueprintRead, AnEmptyFileIsABlueprintWithTheBuiltIns) {
    const Reading reading = read_blueprint("");
    EXPECT_THAT(reading.faults, IsEmpty());
    ASSERT_NE(reading.blueprint.metric("contact_rate"), nullptr);
    EXPECT_FALSE(reading.blueprint.metric("contact_rate")->high_is_good);
    ASSERT_NE(reading.blueprint.scale("ces7"), nullptr);
    EXPECT_EQ(reading.blueprint.scale("ces7")->high, 7);
    EXPECT_THAT(reading.blueprint.touchpoints, IsEmpty());
}

/// 650 kB of this took a minute and a half: each name was compared with thousands of others, also
/// for the faults that nobody is shown.
TEST(BlueprintRead, VeryManyFaultsAreFoundInTime) {
    std::string toml = "stages = [";
    std::string path;
    for (int i = 0; i < 20'000; ++i) {
        toml += fmt::format("\"stage {}\",", i);
    }
    toml += "]\n";
    for (int i = 0; i < 20'000; ++i) {
        toml += fmt::format("[touchpoint.touchpoint-number-{:06}]\nstage = \"stoge {}\"\n", i, i);
        path += fmt::format("\"taichpiant-nimber-{:06}\",", i);
    }
    toml += "[journey.j]\nstages = [\"a\"]\npath = [" + path + "]\n";
    const auto began = std::chrono::steady_clock::now();
    const Reading reading = read_blueprint(toml);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
    EXPECT_EQ(reading.faults.size(), 201U);
    EXPECT_THAT(reading.faults.back().message, HasSubstr("more faults"));
}

TEST(BlueprintRead, TheExampleOfThePageReadsWithoutAFault) {
    std::ifstream file(project_file("docs/blueprint.md"));
    std::stringstream page;
    page << file.rdbuf();
    const std::string text = page.str();
    const auto begin = text.find("```toml\n") + 8;
    const Reading reading =
        read_blueprint(std::string_view(text).substr(begin, text.find("```", begin) - begin));
    EXPECT_THAT(to_text(reading.faults), "");
    const Blueprint& blueprint = reading.blueprint;
    EXPECT_EQ(blueprint.name, "Aava Broadband");
    ASSERT_EQ(blueprint.channels.size(), 5U);
    EXPECT_EQ(blueprint.channels[0].name, "web");
    EXPECT_EQ(blueprint.channels[1].kind, ChannelKind::Bot);
    ASSERT_NE(blueprint.touchpoint("call: billing"), nullptr);
    EXPECT_EQ(blueprint.touchpoint("call: billing")->cost, 6.5);
    const Journey* journey = blueprint.journey("getting connected");
    ASSERT_NE(journey, nullptr);
    EXPECT_THAT(journey->ends, ElementsAre("first bill"));
    EXPECT_EQ(journey->silence, Milliseconds(30 * 24h));
    EXPECT_EQ(journey->stage_feelings.at("connect").intended, 1.8);
    EXPECT_EQ(blueprint.promise("delivery")->within, Milliseconds(14 * 24h));
    EXPECT_EQ(blueprint.metric("nps")->minimum, 30);
    EXPECT_EQ(blueprint.dimension("plan")->key, "plan_name");
    EXPECT_EQ(blueprint.dimension("region")->source, DimensionSource::Properties);
}

TEST(BlueprintRead, ReportsEveryFaultAtOnceInTheOrderOfTheFile) {
    const auto faults = faults_of(with_touchpoints(R"([journey."getting connected"]
starts = ["order plced"]
ends = "parcel"
withn = "90d"
owner = "Delivery"
[channel.phone]
kind = "humen"
)"));
    EXPECT_THAT(faults,
                ElementsAre("line 4, column 11: journey \"getting connected\": starts names "
                            "touchpoint \"order plced\", "
                            "which is not declared; did you mean \"order placed\"?",
                            "line 5, column 8: journey \"getting connected\": ends is a text; "
                            "write a list of texts, "
                            "as [\"a\", \"b\"]",
                            "line 6, column 1: journey \"getting connected\": there is no key "
                            "\"withn\"; did you mean "
                            "\"within\"?",
                            "line 9, column 8: channel \"phone\": kind is \"humen\"; write one of "
                            "\"self-service\", "
                            "\"human\", \"bot\", \"message\"; did you mean \"human\"?"));
}

TEST(BlueprintRead, OneSyntaxSlipDoesNotHideTheNextNorInventMissingNames) {
    const auto faults = faults_of(R"([touchpoint."order placed"]
cost = 6,5
[touchpoint.parcel
owner = "Delivery"
[promise.delivery]
kept = ["parcel"]
withn = "3d"
target = nine
)");
    ASSERT_EQ(faults.size(), 4U) << testing::PrintToString(faults);
    EXPECT_THAT(faults[0], HasSubstr("line 2"));
    EXPECT_THAT(faults[0], HasSubstr("this is not TOML"));
    EXPECT_THAT(faults[1], HasSubstr("line 3"));
    EXPECT_THAT(faults[2], HasSubstr("there is no key \"withn\""));
    EXPECT_THAT(faults[3], HasSubstr("line 8"));
}

TEST(BlueprintRead, ColumnsCountCharacters) {
    EXPECT_THAT(faults_of("name = \"Äänekoski öljy\"\nstages = [\"tööt\", 5]"),
                ElementsAre("line 2, column 19: stages is a number; write a text in quotes"));
}

TEST(BlueprintRead, ADuplicateTableIsAFault) {
    const auto faults =
        faults_of("[channel.phone]\nkind = \"human\"\n[channel.phone]\nkind = \"bot\"\n");
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_THAT(faults[0], HasSubstr("line 3"));
}

TEST(BlueprintRead, RequiredKeysAreAskedFor) {
    EXPECT_THAT(faults_of("[channel.phone]\n"),
                ElementsAre(HasSubstr("kind is missing; write kind = one of `self-service`")));
    EXPECT_THAT(faults_of("[promise.delivery]\n"),
                ElementsAre(HasSubstr("kept is missing; write kept = [\"...\"]")));
    EXPECT_THAT(faults_of("[scale.mood]\nlow = 1\n"),
                ElementsAre(HasSubstr("high is missing; write high = 0")));
    EXPECT_THAT(faults_of("[metric.mood]\ntarget = 5000\n"),
                ElementsAre(HasSubstr("kind is missing")));
}

TEST(BlueprintRead, WrongTypesSayWhatToWrite) {
    const auto faults = faults_of(R"([touchpoint.a]
cost = "much"
visible = "yes"
owner = 5
[journey.j]
starts = ["a", 5, ""]
silence = 30
within = "1 month"
owner = "X"
stage = "a"
)");
    EXPECT_THAT(
        faults,
        ElementsAre(HasSubstr("cost is a text; write a number"),
                    HasSubstr("visible is a text; write true or false, without quotes"),
                    HasSubstr("owner is a number; write a text in quotes"),
                    HasSubstr("starts is a number; write a text in quotes"),
                    HasSubstr("starts holds an empty text; leave it out"),
                    HasSubstr("silence is a number; write a duration in quotes, as \"30d\""),
                    HasSubstr("a month has 28 to 31 days"),
                    HasSubstr("stage is a text; write tables headed [journey.NAME.stage.NAME]")));
}

TEST(BlueprintRead, NumbersMustLieInTheirRange) {
    EXPECT_THAT(faults_of("[touchpoint.a]\ncost = -1\n"),
                ElementsAre(HasSubstr("cost is -1; write a number 0 or more")));
    EXPECT_THAT(faults_of("[touchpoint.a]\ncost = nan\n"), ElementsAre(HasSubstr("cost is nan")));
    EXPECT_THAT(faults_of("[touchpoint.a]\n[promise.p]\nkept = [\"a\"]\ntarget = 90\n"),
                ElementsAre(HasSubstr("target is 90; write a number from 0 to 1")));
    EXPECT_THAT(faults_of("[scale.s]\nlow = 5\nhigh = 1\n"),
                ElementsAre(HasSubstr("high is 1 and low is 5; high must be more than low")));
    EXPECT_THAT(faults_of("[metric.m]\nkind = \"nps\"\ntarget = 400\nminimum = 0\n"),
                ElementsAre(HasSubstr("minimum is 0; write a number from 1 to")));
    EXPECT_THAT(faults_of("[metric.m]\nkind = \"nps\"\ntarget = 400\n"),
                ElementsAre(HasSubstr("target is 400; write a number from -100 to 100")));
    EXPECT_THAT(faults_of("[metric.m]\nkind = \"mean\"\nscale = \"stars5\"\ntarget = 7\n"),
                ElementsAre(HasSubstr("target is 7; write a number from 1 to 5")));
}

TEST(BlueprintRead, ReferencesMustBeDeclared) {
    const auto faults = faults_of(with_touchpoints(R"(channel = "fax"
[promise.p]
kept = ["parcel", "parcel"]
made = ["order"]
[metric.m]
kind = "kept"
promise = "delivery"
[metric.n]
kind = "mean"
scale = "csat"
[metric.o]
kind = "completion"
journey = "moving"
)"));
    EXPECT_THAT(faults,
                ElementsAre(HasSubstr("channel names channel \"fax\", which is not declared"),
                            HasSubstr("kept names \"parcel\" twice"),
                            HasSubstr("made names touchpoint \"order\", which is not declared"),
                            HasSubstr("promise names promise \"delivery\", which is not declared"),
                            HasSubstr("scale names scale \"csat\", which is neither declared nor "
                                      "built in; did you mean \"csat5\"?"),
                            HasSubstr("journey names journey \"moving\", which is not declared")));
}

TEST(BlueprintRead, WhatDoesNotGoTogetherIsAFault) {
    EXPECT_THAT(faults_of(with_touchpoints("[promise.p]\nkept = [\"parcel\"]\nwithin = \"3d\"\n")),
                ElementsAre(HasSubstr("write made = [\"...\"] too")));
    EXPECT_THAT(
        faults_of("[metric.m]\nkind = \"nps\"\ngood_from = 4\n"),
        ElementsAre(HasSubstr("good_from is for metrics of kind csat and ces; leave it out")));
    EXPECT_THAT(faults_of("[metric.m]\nkind = \"nps\"\nscale = \"csat5\"\n"),
                ElementsAre(HasSubstr("nps counts answers from 0 to 10")));
    EXPECT_THAT(faults_of("[touchpoint.START]\n"), ElementsAre(HasSubstr("ends of a flow")));
    EXPECT_THAT(faults_of("[dimension.channel]\n"),
                ElementsAre(HasSubstr("word of the question grammar")));
    EXPECT_THAT(faults_of("[dimension.\"customer type\"]\n"),
                ElementsAre(HasSubstr("is one word")));
    EXPECT_THAT(faults_of("time_zone = \"Finland/Turku\""), ElementsAre(HasSubstr("is not known")));
}

TEST(BlueprintRead, StagesOfAJourneyMustExist) {
    EXPECT_THAT(
        faults_of(R"(stages = ["choose"]
[touchpoint.a]
stage = "chose"
[journey.j]
starts = ["a"]
ends = ["a"]
owner = "X"
stages = ["choose", "use"]
[journey.j.stage.chooose]
feeling = "calm"
)"),
        ElementsAre(HasSubstr("line 3, column 9: warning: touchpoint \"a\": stage \"chose\" is "
                              "not in the list of stages at the top; did you mean \"choose\"?"),
                    HasSubstr("stages names stage \"use\", which neither"),
                    HasSubstr("journey \"j\", stage \"chooose\": the journey's stages do not hold "
                              "it; did you mean \"choose\"?")));
}

TEST(BlueprintRead, WarnsOfJourneysThatNobodyOwnsNothingEndsOrPraiseFeels) {
    const Reading reading = read_blueprint(
        "[touchpoint.a]\n[journey.j]\nstarts = [\"a\"]\nfeeling = \"first-class service\"\n");
    EXPECT_FALSE(has_errors(reading.faults));
    EXPECT_THAT(to_text(reading.faults), HasSubstr("nobody owns it"));
    EXPECT_THAT(to_text(reading.faults), HasSubstr("nothing ends an episode"));
    EXPECT_THAT(to_text(reading.faults),
                HasSubstr("\"first-class service\" names no feeling; write the word a customer"));
}

TEST(BlueprintRead, NamesAreBounded) {
    const std::string name(limits::name_bytes_max + 1, 'a');
    EXPECT_THAT(faults_of("[touchpoint." + name + "]\n"),
                ElementsAre(HasSubstr("the name has 501 bytes; at most 500 may be")));
    EXPECT_THAT(faults_of("[touchpoint.\"\"]\n"), ElementsAre(HasSubstr("the name is empty")));
    EXPECT_THAT(faults_of("[touchpoint.\"a\\nb\"]\n"), ElementsAre(HasSubstr("line break")));
    EXPECT_THAT(faults_of("[touchpoint.\" a\"]\n"), ElementsAre(HasSubstr("blank")));
}

TEST(BlueprintRead, AFileThatIsTooLargeIsRefusedUnread) {
    EXPECT_THAT(faults_of(std::string(limits::blueprint_bytes_max + 1, '#')),
                ElementsAre(HasSubstr("at most 4194304 may be")));
}

TEST(BlueprintRead, VeryManyFaultsAreBounded) {
    std::string toml;
    for (int i = 0; i < 1000; ++i) {
        toml += "key" + std::to_string(i) + " = 1\n";
    }
    const auto faults = faults_of(toml);
    ASSERT_EQ(faults.size(), 201U);
    EXPECT_EQ(faults.back(), "and 800 more faults");
}

TEST(BlueprintRead, HostileShapesAreRefusedNotFollowed) {
    std::string dotted = "a";
    std::string nested = "a = ";
    for (int i = 0; i < 200'000; ++i) {
        dotted += ".a";
        nested += "[";
    }
    EXPECT_THAT(faults_of(dotted + " = 1"), ElementsAre(HasSubstr("dotted key has more than 16")));
    EXPECT_THAT(faults_of("[" + dotted + "]"), ElementsAre(HasSubstr("dotted key")));
    EXPECT_THAT(faults_of(nested), ElementsAre(HasSubstr("nested deeper than 16")));
    EXPECT_THAT(faults_of("x = [\"\"\"a\"\"\"\", {" + dotted + " = 1}]"),
                ElementsAre(HasSubstr("dotted key")));
    EXPECT_THAT(faults_of(std::string("a\0b", 3)), ElementsAre(HasSubstr("byte of zero")));
}

TEST(BlueprintRead, StringsAndCommentsMayLookHostile) {
    EXPECT_THAT(
        faults_of("# [[[[[[[[[[[[[[[[[[[[[[ a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a\n"
                  "name = \"[[[[[[[[[[[[[[[[[[[[[[ \\\" a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a\""),
        IsEmpty());
}

TEST(BlueprintRead, AFileThatIsMissingSaysSo) {
    EXPECT_EQ(read_blueprint_file("/nowhere/at-all.toml").error().code, ErrorCode::NotFound);
}

TEST(BlueprintRead, LoadingNamesTheFileBeforeEachFault) {
    const std::string path = testing::TempDir() + "faulty.blueprint.toml";
    std::ofstream(path) << "nam = 1\nstagse = 2\n";
    const auto loaded = load_blueprint(path);
    ASSERT_FALSE(loaded);
    EXPECT_THAT(loaded.error().message,
                HasSubstr(path + ": line 1, column 1: there is no key \"nam\""));
    EXPECT_THAT(loaded.error().message, HasSubstr("\n" + path + ": line 2"));
}

}  // namespace
}  // namespace kokemus::blueprint
