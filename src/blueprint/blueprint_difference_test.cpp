#include "blueprint/blueprint_difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "blueprint/any_blueprint_test.h"
#include "blueprint/blueprint_read.h"

namespace kokemus::blueprint {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Blueprint of(const std::string& toml) {
    const Reading reading = read_blueprint(toml);
    EXPECT_FALSE(has_errors(reading.faults)) << to_text(reading.faults);
    return reading.blueprint;
}

std::vector<std::string> lines(const std::string& before, const std::string& after) {
    std::vector<std::string> texts;
    for (const Change& change : difference(of(before), of(after))) {
        texts.push_back(to_text(change));
    }
    return texts;
}

constexpr const char* shop = R"(name = "Shop"
[channel.web]
kind = "self-service"
[touchpoint."order placed"]
stage = "order"
channel = "web"
[touchpoint.delivered]
[journey.order]
starts = ["order placed"]
ends = ["delivered"]
stages = ["order"]
[journey.order.stage.order]
feeling = "informed"
intended = 1
[promise."on time"]
made = ["order placed"]
kept = ["delivered"]
within = "2d"
[metric.nps]
kind = "nps"
target = 40
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(BlueprintDifference, SaysNothingOfEqualOnes) {
    EXPECT_THAT(lines("", ""), IsEmpty());
    EXPECT_THAT(lines(shop, std::string("# another comment\n") + shop), IsEmpty());
    EXPECT_THAT(lines(shop, replaced(shop, "\"2d\"", "\"48h\"")), IsEmpty());
    EXPECT_THAT(
        lines(shop,
              replaced(shop, "[touchpoint.delivered]", "[touchpoint.delivered]\nvisible = true")),
        IsEmpty());
}

TEST(BlueprintDifference, SpeaksInTheNouns) {
    EXPECT_THAT(lines(shop, replaced(shop, "\"2d\"", "\"1d\"")),
                ElementsAre("~ promise 'on time': within 2d -> 1d"));
    EXPECT_THAT(lines(shop, std::string(shop) + "[channel.chatbot]\nkind = \"bot\"\n"),
                ElementsAre("+ channel 'chatbot': kind bot"));
    EXPECT_THAT(lines(std::string(shop) + "[channel.chatbot]\nkind = \"bot\"\n", shop),
                ElementsAre("- channel 'chatbot'"));
    EXPECT_THAT(lines(shop, replaced(shop, "\"Shop\"", "\"Store\"")),
                ElementsAre("~ blueprint: name Shop -> Store"));
    EXPECT_THAT(lines(shop, replaced(shop, "intended = 1", "intended = 2.5")),
                ElementsAre("~ journey 'order': stage 'order' intended 1 -> 2.5"));
    EXPECT_THAT(
        lines(shop, replaced(shop, "within = \"2d\"", "within = \"2d\"\nowner = \"Sales\"")),
        ElementsAre("~ promise 'on time': owner (none) -> Sales"));
    EXPECT_THAT(
        lines(shop,
              replaced(shop, "kept = [\"delivered\"]", "kept = [\"delivered\", \"order placed\"]")),
        ElementsAre("~ promise 'on time': kept 'delivered' -> 'delivered', 'order placed'"));
}

TEST(BlueprintDifference, FollowsTheOrderOfThePageAndThenNames) {
    EXPECT_THAT(
        lines("",
              "[metric.nps]\nkind=\"nps\"\ntarget=1\n[channel.b]\nkind=\"bot\"\n[channel.a]\nkind="
              "\"bot\"\n"),
        ElementsAre(
            "+ channel 'a': kind bot", "+ channel 'b': kind bot", HasSubstr("+ metric 'nps': ")));
}

TEST(BlueprintDifference, AnotherOrderIsADifference) {
    EXPECT_THAT(lines("[channel.a]\nkind=\"bot\"\n[channel.b]\nkind=\"bot\"\n",
                      "[channel.b]\nkind=\"bot\"\n[channel.a]\nkind=\"bot\"\n"),
                ElementsAre("~ channel: order 'a' -> 'b' at its place"));
    EXPECT_THAT(lines("[channel.a]\nkind=\"bot\"\n[channel.b]\nkind=\"bot\"\n",
                      "[channel.b]\nkind=\"bot\"\n"),
                ElementsAre("- channel 'a'"));
}

TEST(BlueprintDifference, RemarksOnMetricsThatKeepTheirVersion) {
    const auto remarks = [](const std::string& from, const std::string& to) {
        return remarks_on(difference(of(from), of(to)));
    };
    const std::string csat = "[metric.good]\nkind = \"csat\"\nscale = \"csat5\"\ngood_from = 4\n";
    EXPECT_THAT(remarks(csat, replaced(csat, "good_from = 4", "good_from = 5")),
                ElementsAre(HasSubstr("metric 'good' is defined otherwise")));
    EXPECT_THAT(remarks(csat, replaced(csat, "good_from = 4", "good_from = 5\nversion = 2")),
                IsEmpty());
    EXPECT_THAT(remarks(csat, csat + "target = 0.9\n"), IsEmpty());
    EXPECT_THAT(remarks("", csat), IsEmpty());
}

TEST(BlueprintDifference, IsEmptyForEqualBlueprintsAlone) {
    const bool held = rc::check("difference(a, b) is empty iff a == b", [] {
        const Blueprint a = any_blueprint();
        RC_ASSERT(difference(a, a).empty());
        Blueprint b = a;
        switch (*rc::gen::inRange(0, 6)) {
            case 0: b = any_blueprint(); break;
            case 1:
                if (!b.touchpoints.empty()) {
                    b.touchpoints.back().visible = !b.touchpoints.back().visible;
                }
                break;
            case 2: std::ranges::reverse(b.channels); break;
            case 3:
                if (!b.journeys.empty()) {
                    b.journeys.front().stage_feelings["new stage"] = {};
                }
                break;
            case 4:
                if (!b.promises.empty()) {
                    b.promises.front().target = 0.125;
                }
                break;
            default: b.events.clear();
        }
        RC_ASSERT(difference(a, b).empty() == (a == b));
        RC_ASSERT(difference(a, b).empty() == difference(b, a).empty());
    });
    EXPECT_TRUE(held);
}

}  // namespace
}  // namespace kokemus::blueprint
